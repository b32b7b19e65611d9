namespace Kumiko.Identity.Browsers;

/// <summary>What a browser has kept of somebody's visit.</summary>
internal static class BrowserData
{
    /// <summary>
    /// Has the browser forget what it has cached. Not its storage, which also holds the choice of language and theme: the pages take
    /// somebody's drafts from
    /// there themselves.
    /// </summary>
    public static void Clear(HttpResponse response) => response.Headers["Clear-Site-Data"] = "\"cache\"";
}
