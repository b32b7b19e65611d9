using Kumiko.BuildingBlocks.Validation;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Validation;

public sealed class UnicodeTextTests
{
    [Theory]
    [InlineData("abc", 3)]
    [InlineData("組子", 2)]
    [InlineData("😀😀", 2)]
    [InlineData("e\u0301", 2)]
    public void Length_counts_scalar_values(string text, int length) => Assert.Equal(length, UnicodeText.Length(text));

    [Theory]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("ｶﾞ", "ガ")]
    [InlineData("\uFFFE", "\uFFFE")]
    [InlineData("e\u0301\uFFFEｶﾞ\uFFFE", "\u00e9\uFFFEガ\uFFFE")]
    public void One_text_from_two_keyboards_is_the_same_whatever_else_it_holds(string text, string composed) => Assert.Equal(composed, UnicodeText.Compose(text));
}
