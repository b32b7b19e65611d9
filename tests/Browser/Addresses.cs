using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Kumiko.Browser;

/// <summary>The address that a page is at.</summary>
internal static class Addresses
{
    /// <summary>
    /// Waits until the page is at an address and has loaded. Playwright's <c>WaitForURLAsync</c> looks at the address first and listens for
    /// navigations second, so it misses one between the two and waits for another in vain.
    /// </summary>
    /// <param name="page">The page.</param>
    /// <param name="pattern">The address: <c>**</c> matches anything, <c>*</c> anything but a slash.</param>
    /// <param name="isRestored">Whether the page comes out of the back/forward cache, where it does not load.</param>
    public static async Task IsAtAsync(this IPage page, string pattern, bool isRestored = false)
    {
        var address = Regex
            .Escape(pattern)
            .Replace(@"\*\*", ".*", StringComparison.Ordinal)
            .Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"^{address}$"), new() { Timeout = 30_000 });
        if (!isRestored)
            await page.WaitForLoadStateAsync();
    }
}
