using System.Globalization;
using Kumiko.Identity.Secrets;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Mail;

/// <summary>
/// The mails to the owners of accounts. Each is queued in the transaction of what it reports. Where an installation sends no mails, all of
/// this does nothing.
/// </summary>
internal sealed class AccountMails(MailQueue queue, OneTimeSecrets secrets, MailLinks links, TimeProvider clock)
{
    private const string VerifyPath = "/auth/verify";
    private const string RegisterPath = "/auth/register";
    private const string ForgotPath = "/auth/forgot";
    private const string ResetPath = "/auth/reset";
    private const string KeepPath = "/auth/keep-email";
    private const string UndoPath = "/auth/undo-factors";
    private const string SessionsPath = "/auth/account/sessions";
    private const string SecurityPath = "/auth/account/security";

    /// <summary>Asks to prove the address of the account, or its new address. The user's row is locked.</summary>
    public ValueTask AskToVerifyAsync(UnitOfWork work, UserRow user, CancellationToken cancellationToken) =>
        SendSecretAsync(
            work,
            user.PendingEmail is null ? MailTemplate.VerifyEmail : MailTemplate.VerifyNewEmail,
            SecretKind.VerifyEmail,
            VerifyPath,
            user,
            user.PendingEmail ?? user.Email,
            clock.Now(),
            [],
            cancellationToken
        );

    /// <summary>
    /// Reports to the owner of an address that somebody wanted to use it for another account. It makes a secret that nobody learns, so that
    /// it takes as long as <see cref="AskToVerifyAsync"/>, and voids the earlier ones in the same way.
    /// </summary>
    public async ValueTask TellInUseAsync(UnitOfWork work, UserRow user, UserRow owner, CancellationToken cancellationToken)
    {
        if (!queue.IsOn)
            return;

        await secrets.IssueAsync(work, SecretKind.VerifyEmail, user.Id, owner.Email, cancellationToken);
        await AddAsync(work, MailTemplate.EmailInUse, owner, owner.Email, [], SecretKind.VerifyEmail.Lifetime, cancellationToken);
    }

    /// <summary>
    /// Reports to the owner of an address that somebody tried to create an account with it. The user's row is locked. It does the same work
    /// as <see cref="AskToVerifyAsync"/>.
    /// </summary>
    public ValueTask TellRegisteredAsync(UnitOfWork work, UserRow owner, CancellationToken cancellationToken) =>
        OfferResetAsync(work, MailTemplate.EmailRegistered, owner, cancellationToken);

    /// <summary>Invites somebody to create an account.</summary>
    public ValueTask InviteAsync(UnitOfWork work, UserRow admin, string to, string secret, CancellationToken cancellationToken) =>
        AddAsync(
            work,
            MailTemplate.Invitation,
            // The address is that of somebody who did not ask for mail.
            admin with
            {
                Username = WithoutLinks(admin.Username),
            },
            to,
            [("link", links.To(RegisterPath, secret, to))],
            lifetime: null,
            cancellationToken
        );

    /// <summary>Lets the user choose a new password. The user's row is locked.</summary>
    public ValueTask OfferResetAsync(UnitOfWork work, UserRow user, CancellationToken cancellationToken) =>
        OfferResetAsync(work, MailTemplate.ResetPassword, user, cancellationToken);

    /// <summary>
    /// Reports to the account's address that it is to be replaced, and lets it undo that. Only an address that was proved: one that
    /// was mistyped belongs to somebody else.
    /// </summary>
    public async ValueTask OfferToKeepAsync(UnitOfWork work, UserRow user, CancellationToken cancellationToken)
    {
        if (user.EmailVerified)
            await SendSecretAsync(
                work,
                MailTemplate.EmailChanging,
                SecretKind.KeepEmail,
                KeepPath,
                user,
                user.Email,
                clock.Now(),
                [("email", user.Email), ("new_email", user.PendingEmail ?? "")],
                cancellationToken
            );
    }

    /// <summary>
    /// Reports to the user that something was added to the account for signing in, and lets the user undo that. Only at an address that
    /// was proved: a mistyped one belongs to somebody else. The user's row is locked.
    /// </summary>
    /// <param name="work">The transaction.</param>
    /// <param name="user">The user.</param>
    /// <param name="template">What was added.</param>
    /// <param name="at">When, exactly as in the database: the link undoes what was added then and later.</param>
    /// <param name="values">What the template's placeholders stand for, beside <c>username</c>, <c>time</c> and <c>link</c>.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    public async ValueTask OfferToUndoAsync(
        UnitOfWork work,
        UserRow user,
        string template,
        DateTimeOffset at,
        IEnumerable<(string Name, string Value)> values,
        CancellationToken cancellationToken
    )
    {
        if (user.EmailVerified)
            await SendSecretAsync(
                work,
                template,
                SecretKind.UndoFactors,
                UndoPath,
                user,
                user.Email,
                at,
                [("time", FormatTime(at)), .. values],
                cancellationToken
            );
    }

    /// <summary>A text that somebody else may have chosen, of which mail readers make no link.</summary>
    public static string WithoutLinks(string text) => text.Replace('.', ' ').Replace('/', ' ').Replace(':', ' ');

    /// <summary>How mails write a time.</summary>
    public static string FormatTime(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>
    /// Reports to the user what happened to the account, at its address if that was proved: a notice to a mistyped address would go to a
    /// stranger.
    /// </summary>
    /// <param name="work">The transaction.</param>
    /// <param name="user">The user.</param>
    /// <param name="template">What happened: one of <see cref="MailTemplate"/> without a link, or with one that has no secret.</param>
    /// <param name="values">What the template's placeholders stand for, beside <c>username</c>, <c>email</c> and <c>time</c>.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    public async ValueTask NotifyAsync(
        UnitOfWork work,
        UserRow user,
        string template,
        IEnumerable<(string Name, string Value)> values,
        CancellationToken cancellationToken
    )
    {
        if (!user.EmailVerified)
            return;

        await AddAsync(
            work,
            template,
            user,
            user.Email,
            [("email", user.Email), ("time", FormatTime(clock.Now())), ("link", links.To(PageOf(template))), .. values],
            lifetime: null,
            cancellationToken
        );
    }

    // Where a person looks after what the notice reports. Whoever changed the password may have kept its owner from signing in.
    private static string PageOf(string template) =>
        template switch
        {
            MailTemplate.NewDevice => SessionsPath,
            MailTemplate.PasswordChanged => ForgotPath,
            _ => SecurityPath,
        };

    private ValueTask OfferResetAsync(UnitOfWork work, string template, UserRow user, CancellationToken cancellationToken) =>
        SendSecretAsync(work, template, SecretKind.ResetPassword, ResetPath, user, user.Email, clock.Now(), [], cancellationToken);

    private async ValueTask SendSecretAsync(
        UnitOfWork work,
        string template,
        SecretKind kind,
        string path,
        UserRow user,
        string to,
        DateTimeOffset at,
        (string Name, string Value)[] values,
        CancellationToken cancellationToken
    )
    {
        if (!queue.IsOn)
            return;

        var secret = await OneTimeSecrets.IssueAsync(work, kind, user.Id, to, at, cancellationToken);
        await AddAsync(work, template, user, to, [.. values, ("link", links.To(path, secret))], kind.Lifetime, cancellationToken);
    }

    private ValueTask AddAsync(
        UnitOfWork work,
        string template,
        UserRow user,
        string to,
        (string Name, string Value)[] values,
        TimeSpan? lifetime,
        CancellationToken cancellationToken
    ) =>
        queue.AddAsync(
            work,
            new QueuedMail
            {
                Id = Guid.NewGuid().ToString("N"),
                To = to,
                Template = template,
                Language = user.Language ?? MailLanguage.Default,
                Values = values.Append(("username", user.Username)).ToDictionary(value => value.Item1, value => value.Item2),
                IsDecoy = user.IsNobody,
            },
            lifetime,
            cancellationToken
        );
}
