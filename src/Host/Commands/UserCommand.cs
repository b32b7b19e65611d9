using System.CommandLine;
using Kumiko.BuildingBlocks.Security;
using Kumiko.Host.Composition;

namespace Kumiko.Host.Commands;

/// <summary>
/// <c>user</c>: changes the role of an account, or removes its lost factors. The first admin has nobody else who could do the one, and
/// nobody but the operator should do the other.
/// </summary>
internal static class UserCommand
{
    public static Command Create(string[] settings)
    {
        var email = new Argument<string>("email") { Description = "The e-mail address of the account." };
        var role = new Option<string>("--role")
        {
            Description = "member, moderator (may delete anybody's posts) or admin (administers accounts, too).",
            HelpName = "ROLE",
            DefaultValueFactory = _ => "admin",
        };
        role.AcceptOnlyFromAmong("member", "moderator", "admin");
        var promote = new Command("promote", "Make an account an admin, or give it another role. Takes effect within three seconds.")
        {
            email,
            role,
        };
        promote.SetAction(
            (arguments, cancellationToken) =>
                PromoteAsync(settings, arguments.GetRequiredValue(email), arguments.GetRequiredValue(role), cancellationToken)
        );

        var account = new Argument<string>("account") { Description = "The user name or the e-mail address of the account." };
        var reset = new Command(
            "reset-factors",
            "Remove the second factor and all passkeys of an account whose owner has lost them, and sign it out everywhere. Make sure "
                + "first that the owner asks for it: only the password is left."
        )
        {
            account,
        };
        reset.SetAction(
            (arguments, cancellationToken) => ResetFactorsAsync(settings, arguments.GetRequiredValue(account), cancellationToken)
        );
        return new Command("user", "Change the role of an account, such as that of the first admin, or remove its lost factors.")
        {
            promote,
            reset,
        };
    }

    private static async Task<int> PromoteAsync(string[] settings, string email, string role, CancellationToken cancellationToken)
    {
        await using var app = Application.Build(settings);
        return await ReportAsync(await app.OfferedBy<IAccountRoles>("keeps accounts").ChangeAsync(email, role, cancellationToken));
    }

    private static async Task<int> ResetFactorsAsync(string[] settings, string account, CancellationToken cancellationToken)
    {
        await using var app = Application.Build(settings);
        return await ReportAsync(await app.OfferedBy<IAccountFactors>("keeps accounts").ResetAsync(account, cancellationToken));
    }

    private static async Task<int> ReportAsync(AccountVerdict verdict)
    {
        await (verdict.IsDone ? Console.Out : Console.Error).WriteLineAsync(verdict.Sentence);
        return verdict.IsDone ? 0 : 1;
    }
}
