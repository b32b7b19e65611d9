using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Kumiko.BuildingBlocks.Mail;
using Kumiko.Host.Requests;

namespace Kumiko.Host.Pages;

/// <summary>
/// The pages at <c>/dev/mail</c>: the mails that were written into a folder, for developers. They exist in Development only, and only for
/// browsers on the same machine, since whoever reads somebody's mails can take over an account.
/// </summary>
internal static partial class MailPages
{
    private const string Root = "/dev/mail";
    private const int Newest = 100;

    private const string PagePolicy =
        "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // No script of a mail runs. Its links open in a new tab, which is an ordinary one.
    private const string MailPolicy =
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        + "form-action 'none'; frame-ancestors 'self'";

    private static readonly string Layout = EmbeddedFile.ReadText("MailPage.html");

    public static void MapMailPages(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment() || app.Services.GetService<IWrittenMails>() is null)
            return;

        var pages = app.MapGroup(Root).AllowAnonymous().AnswerHead().ExcludeFromDescription();
        pages.AddEndpointFilter(async (context, next) => IsLocal(context.HttpContext) ? await next(context) : Results.NotFound());
        pages.MapGet("", ListAsync);
        pages.MapGet("/{name}", ShowAsync);
        pages.MapGet("/{name}/html", ShowHtmlAsync);
    }

    // A proxy on the same machine connects from it as well, and passes on the name of the site.
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } client
        && IPAddress.IsLoopback(client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client)
        && (
            http.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]"
            || http.Request.Host.Host.EndsWith(".localhost", StringComparison.Ordinal)
        );

    private static async Task<IResult> ListAsync(HttpContext http, IWrittenMails mails, CancellationToken cancellationToken)
    {
        var items = string.Concat((await mails.ReadNewestAsync(Newest, cancellationToken)).Select(RenderItem));
        var list =
            items.Length > 0 ? $"<ul>{items}</ul>" : "<p class=\"empty\">No mail has been written yet. Register, and reload this page.</p>";
        return Page(
            http,
            "Mails",
            $"""
            <h1>Mails</h1>
            <p class="soft">What Kumiko would have sent, the newest first. <a href="{Root}">Reload</a></p>
            {list}
            """
        );
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string name, IWrittenMails mails, CancellationToken cancellationToken)
    {
        if (await mails.FindAsync(name, cancellationToken) is not { } mail)
            return Results.NotFound();

        return Page(
            http,
            mail.Subject,
            $"""
            <p><a href="{Root}">All mails</a></p>
            <h1>{Encode(mail.Subject)}</h1>
            <dl>
              <dt>From</dt><dd>{Encode(mail.From)}</dd>
              <dt>To</dt><dd>{Encode(mail.To)}</dd>
              <dt>Time</dt><dd>{Time(mail)}</dd>
            </dl>
            <iframe title="The mail as HTML" src="{Path(mail)}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
            <h2>Plain text</h2>
            <pre>{WithLinks(mail.Text)}</pre>
            """
        );
    }

    private static async Task<IResult> ShowHtmlAsync(
        HttpContext http,
        string name,
        IWrittenMails mails,
        CancellationToken cancellationToken
    )
    {
        if (await mails.FindAsync(name, cancellationToken) is not { } mail)
            return Results.NotFound();

        // Pages refuse to be shown in a frame, so links open in a tab.
        var html = mail.Html.Replace("<head>", "<head><base target=\"_blank\">", StringComparison.OrdinalIgnoreCase);
        return Html(http, html, MailPolicy);
    }

    private static string RenderItem(WrittenMail mail) =>
        $"""
            <li>
              <a href="{Path(mail)}">{Encode(mail.Subject)}</a>
              <p><span>{Encode(mail.To)}</span> <span>{Time(mail)}</span></p>
            </li>
            """;

    private static IResult Page(HttpContext http, string title, string body) =>
        Html(
            http,
            Layout.Replace("{{title}}", Encode(title), StringComparison.Ordinal).Replace("{{body}}", body, StringComparison.Ordinal),
            PagePolicy
        );

    private static IResult Html(HttpContext http, string html, string policy)
    {
        http.Response.Headers.ContentSecurityPolicy = policy;
        http.Response.Headers.CacheControl = "no-store";
        return Results.Content(html, "text/html; charset=utf-8");
    }

    private static string Path(WrittenMail mail) => $"{Root}/{Uri.EscapeDataString(mail.Name)}";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Time(WrittenMail mail) =>
        $"<time>{mail.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}</time>";

    private static string WithLinks(string text) =>
        Address().Replace(Encode(text), address => $"<a href=\"{address.Value}\" target=\"_blank\" rel=\"noreferrer\">{address.Value}</a>");

    [GeneratedRegex(@"https?://[^\s<>""]+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Address();
}
