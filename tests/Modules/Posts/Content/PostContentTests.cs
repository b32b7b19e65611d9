using System.Globalization;
using System.Text;
using CsCheck;
using FluentValidation;
using Kumiko.BuildingBlocks.Text;
using Kumiko.Posts.Content;
using Xunit;

namespace Kumiko.Posts.Tests.Content;

public sealed class PostContentTests
{
    private static readonly int[] Marked = ['\r', '\n', '\t', 'x', 0x3164, 0xFEFF, 0x2800, 0x3000, 0x1F331];

    // From all of Unicode, and often from where the rules apply.
    private static readonly Gen<string> Texts = Gen.OneOf(
            Gen.Int[0, 0x10FFFF],
            Gen.Int[0, 0x20],
            Gen.Int[0x7F, 0xAD],
            Gen.Int[0x2000, 0x206F],
            Gen.Int[0, Marked.Length - 1].Select(i => Marked[i])
        )
        .Where(Rune.IsValid)
        .Select(code => new Rune(code).ToString())
        .Array[0, 12]
        .Select(string.Concat);

    [Theory]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [InlineData("\r\n\r\na\r\r\nb\r\n", "a\n\nb")]
    [InlineData("\u3000 x \t", "x")]
    [InlineData(null, "")]
    public void Line_ends_are_normalized(string? text, string? kept) => Assert.Equal(kept, PostContent.Normalize(text));

    [Theory]
    [InlineData("\u200b")]
    [InlineData("\u3164")]
    [InlineData("\ufeff")]
    [InlineData("\u00ad")]
    [InlineData("\u2800")]
    [InlineData("\u115f\u1160")]
    [InlineData("\ufe0f")]
    [InlineData("\u202e \u2066")]
    [InlineData("\U000E0041")]
    [InlineData("\u200b\n\u3000\u200d")]
    public void A_text_without_visible_characters_is_not_a_post(string text) => Assert.False(IsValid(text));

    [Theory]
    [InlineData("x")]
    [InlineData("👩\u200d👧")]
    [InlineData("❤\ufe0f")]
    [InlineData("می\u200cخواهم")]
    [InlineData("cof\u00adfee")]
    [InlineData("\u2800x")]
    [InlineData(".")]
    public void Invisible_characters_may_stand_beside_visible_ones(string text) => Assert.True(IsValid(text));

    [Fact]
    public void A_post_has_a_visible_character_and_no_control_characters() =>
        Texts.Sample(
            text =>
            {
                var kept = PostContent.Normalize(text);
                Assert.Equal(kept, PostContent.Normalize(kept));
                Assert.DoesNotContain('\r', kept);
                Assert.Equal(kept, kept.Trim());
                var controls = kept.EnumerateRunes()
                    .Any(rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control && rune.Value is not ('\t' or '\n'));
                var seen = kept.EnumerateRunes()
                    .Any(rune =>
                        !Rune.IsWhiteSpace(rune)
                        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format)
                        && !DefaultIgnorable.Contains(rune)
                        && rune.Value is not (0x2800 or 0x13441 or 0x13442 or 0x16FE4 or 0x1D159)
                    );
                Assert.Equal(seen && !controls, IsValid(text));
            },
            iter: 50_000
        );

    private static bool IsValid(string text) => new Rules().Validate(new Written(PostContent.Normalize(text))).IsValid;

    private sealed record Written(string Content);

    private sealed class Rules : AbstractValidator<Written>
    {
        public Rules() => RuleFor(written => written.Content).IsPostContent();
    }
}
