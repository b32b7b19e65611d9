namespace Kumiko.Identity.Browsers;

/// <summary>The data that a browser has cached.</summary>
internal static class BrowserData
{
    /// <summary>
    /// Makes the browser clear its cache, but not its storage, which also holds the choice of language and theme: the pages remove drafts
    /// from there themselves.
    /// </summary>
    public static void Clear(HttpResponse response) => response.Headers["Clear-Site-Data"] = "\"cache\"";
}
