using Kumiko.Demo.Input;
using Xunit;

namespace Kumiko.Demo.Tests;

public sealed class ParagraphsTests
{
    [Theory]
    [InlineData("one", new[] { "one" })]
    [InlineData("one\ntwo", new[] { "one\ntwo" })]
    [InlineData("one\n\ntwo\n", new[] { "one", "two" })]
    [InlineData("one\n \t\n\n\ntwo", new[] { "one", "two" })]
    [InlineData("\n\n  one  \n\n", new[] { "one" })]
    [InlineData("　一\n\n二　", new[] { "一", "二" })]
    [InlineData("", new string[0])]
    [InlineData(" \n\n\t\n", new string[0])]
    public void A_text_is_cut_at_blank_lines_and_trimmed(string text, string[] expected) => Assert.Equal(expected, Paragraphs.Split(text));

    [Fact]
    public void Lines_inside_a_paragraph_keep_their_indentation_and_trailing_blanks() =>
        Assert.Equal(["a  \n\tb"], Paragraphs.Split("a  \n\tb\n"));

    [Theory]
    [InlineData("one\n%\ntwo\n%\n", new[] { "one", "two" })]
    [InlineData("one\n\nstill one\n%\ntwo", new[] { "one\n\nstill one", "two" })]
    [InlineData("%\n%\none\n% \n", new[] { "one" })]
    [InlineData("100 %\n%\n%d", new[] { "100 %", "%d" })]
    public void Fortunes_are_cut_at_lines_that_hold_only_a_percent_sign(string text, string[] expected) =>
        Assert.Equal(expected, Paragraphs.Split(text));

    [Fact]
    public void A_manual_page_is_cut_where_its_source_begins_a_paragraph()
    {
        const string Page = """
            .\" Copyright
            .TH LS 1
            .SH 名前
            ls \- リスト表示する
            .SH 説明
            .PP
            段落
            .B 太字
            .TP
            \fB\-a\fR
            無視しない
            .
            次の段落
            .PDF でない
            """;

        Assert.Equal(
            [
                ".\\\" Copyright\n.TH LS 1",
                ".SH 名前\nls \\- リスト表示する",
                ".SH 説明",
                ".PP\n段落\n.B 太字",
                ".TP\n\\fB\\-a\\fR\n無視しない",
                "次の段落\n.PDF でない",
            ],
            Paragraphs.Split(Page.ReplaceLineEndings("\n"))
        );
    }

    [Fact]
    public void A_line_of_any_other_text_may_begin_like_a_request() => Assert.Equal(["a\n.PP\nb"], Paragraphs.Split("a\n.PP\nb"));

    [Theory]
    [InlineData("one\r\ntwo\r\n\r\nthree\r\n", new[] { "one\ntwo", "three" })]
    [InlineData("one\r\n%\r\ntwo", new[] { "one", "two" })]
    public void Line_ends_of_Windows_become_newlines(string text, string[] expected) => Assert.Equal(expected, Paragraphs.Split(text));

    [Fact]
    public void A_carriage_return_alone_stays_and_is_unsuitable()
    {
        var paragraph = Assert.Single(Paragraphs.Split("over\rwritten"));

        Assert.Equal("over\rwritten", paragraph);
        Assert.False(Paragraphs.IsSuitable(paragraph));
    }

    [Theory]
    [InlineData("tab\tand\nnewline", true)]
    [InlineData("👩‍👩‍👧 e\u0301 が\u3099", true)]
    [InlineData("_\bunderlined", false)]
    [InlineData("bell\a", false)]
    [InlineData("\u007f", false)]
    [InlineData("\u0085inside", false)]
    [InlineData("\u009b", false)]
    [InlineData("", false)]
    public void Only_tab_and_newline_are_suitable_control_characters(string paragraph, bool suitable) =>
        Assert.Equal(suitable, Paragraphs.IsSuitable(paragraph));

    [Theory]
    [InlineData("a", 10_000, true)]
    [InlineData("a", 10_001, false)]
    [InlineData("😀", 10_000, true)]
    [InlineData("😀", 10_001, false)]
    public void Length_is_counted_in_Unicode_scalar_values(string character, int times, bool suitable) =>
        Assert.Equal(suitable, Paragraphs.IsSuitable(string.Concat(Enumerable.Repeat(character, times))));
}
