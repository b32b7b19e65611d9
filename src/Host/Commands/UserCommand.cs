using System.CommandLine;
using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.Security;
using Kumiko.Host.Composition;

namespace Kumiko.Host.Commands;

/// <summary><c>user</c>: changes the role of an account. The first admin has nobody else who could do it.</summary>
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
        return new Command("user", "Change the role of an account, such as that of the first admin.") { promote };
    }

    private static async Task<int> PromoteAsync(string[] settings, string email, string role, CancellationToken cancellationToken)
    {
        await using var app = Application.Build(settings);
        var roles =
            app.Services.GetService<IAccountRoles>()
            ?? throw new InvalidSettingException("None of the configured modules keeps accounts: Modules must include identity.");
        var verdict = await roles.ChangeAsync(email, role, cancellationToken);
        await (verdict.IsDone ? Console.Out : Console.Error).WriteLineAsync(verdict.Sentence);
        return verdict.IsDone ? 0 : 1;
    }
}
