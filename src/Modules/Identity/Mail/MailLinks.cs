namespace Kumiko.Identity.Mail;

/// <summary>
/// The addresses in mails. They come from the setting <c>Tokens:Issuer</c>, never from a request: with a forged <c>Host</c>, a stranger
/// could have a secret sent to their own site.
/// </summary>
internal sealed class MailLinks(TokenSettings tokens)
{
    private readonly Uri _issuer = new(tokens.Issuer);

    /// <summary>The public address of the site, without a slash at its end.</summary>
    public string Site => _issuer.GetLeftPart(UriPartial.Authority);

    /// <summary>The public name of the site.</summary>
    public string Host => _issuer.IdnHost;

    /// <summary>A page.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="secret">
    /// The secret that the page sends. In the fragment, which browsers do not send: it is in no log, and no preview of the link spends it.
    /// </param>
    public string To(string path, string? secret = null) => secret is null ? Site + path : $"{Site}{path}#token={secret}";

    /// <summary>A page that fills in an address, which is in the fragment for the same reason.</summary>
    public string To(string path, string secret, string email) => $"{To(path, secret)}&email={Uri.EscapeDataString(email)}";
}
