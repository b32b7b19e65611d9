using FluentValidation;
using Kumiko.BuildingBlocks.Validation;

namespace Kumiko.Posts;

/// <summary>What may be written.</summary>
internal static class PostContent
{
    public const int Longest = 10_000;

    /// <summary>The text as it is kept: white space at the ends does not count.</summary>
    public static string Trim(string? content) => content?.Trim() ?? "";

    /// <summary>1 to 10,000 Unicode scalar values after trimming, no control characters but tab and newline.</summary>
    public static IRuleBuilderOptions<T, string?> IsPostContent<T>(this IRuleBuilderInitial<T, string?> rule) => rule
        .Cascade(CascadeMode.Stop)
        .Must(content => Trim(content).Length > 0).WithMessage("Write something.")
        .Must(content => UnicodeText.Length(Trim(content)) <= Longest).WithMessage($"A post has at most {Longest} characters.")
        .Must(content => !Trim(content).Any(IsForbidden)).WithMessage("Control characters other than tab and newline are not allowed.");

    private static bool IsForbidden(char character) => char.IsControl(character) && character is not ('\t' or '\n');
}
