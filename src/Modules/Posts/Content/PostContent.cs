using Kumiko.BuildingBlocks.Text;

namespace Kumiko.Posts.Content;

/// <summary>The rules for a post's text.</summary>
internal static class PostContent
{
    public const int MaxLength = 10_000;

    /// <summary>
    /// The text as stored: lines end in LF, as in the API, whatever system the text was written on, and white space at both ends is
    /// removed. A text that is left out is empty.
    /// </summary>
    public static string Normalize(string? content) =>
        (content ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Trim();

    /// <summary>
    /// For a normalized text: 1 to 10,000 Unicode scalar values, at least one of them visible, no control characters except tab and
    /// newline.
    /// </summary>
    public static IRuleBuilderOptions<T, string> IsPostContent<T>(this IRuleBuilderInitial<T, string> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .Must(content => content.EnumerateRunes().Any(Visibility.IsVisible))
            .WithMessage("Write something that can be seen.")
            .Must(content => UnicodeText.Length(content) <= MaxLength)
            .WithMessage($"A post has at most {MaxLength} characters.")
            .Must(content => !content.Any(IsForbidden))
            .WithMessage("Control characters other than tab and newline are not allowed.");

    private static bool IsForbidden(char character) => char.IsControl(character) && character is not ('\t' or '\n');
}
