using System.CommandLine;
using Kumiko.BuildingBlocks.Security;
using Kumiko.Host.Composition;

namespace Kumiko.Host.Commands;

/// <summary><c>audit</c>: verifies the record of what was done to accounts.</summary>
internal static class AuditCommand
{
    public static Command Create(string[] settings)
    {
        var known = new Option<string?>("--known")
        {
            Description = "What an earlier verification named as the newest entry: fail if the trail does not contain it any more.",
            HelpName = "ID:HASH",
        };
        var verify = new Command(
            "verify",
            "Read the whole audit trail. Exits with 0, or with 1 and a sentence that names the entry that was changed, added or removed."
        )
        {
            known,
        };
        verify.SetAction((arguments, cancellationToken) => VerifyAsync(settings, arguments.GetValue(known), cancellationToken));
        return new Command("audit", "Verify the audit trail, the record of what was done to accounts.") { verify };
    }

    private static async Task<int> VerifyAsync(string[] settings, string? known, CancellationToken cancellationToken)
    {
        await using var app = Application.Build(settings);
        var verdict = await app.OfferedBy<IAuditVerification>("keeps an audit trail").VerifyAsync(known, cancellationToken);
        await (verdict.IsIntact ? Console.Out : Console.Error).WriteLineAsync(verdict.Sentence);
        return verdict.IsIntact ? 0 : 1;
    }
}
