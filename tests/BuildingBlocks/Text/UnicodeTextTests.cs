using Kumiko.BuildingBlocks.Text;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Text;

public sealed class UnicodeTextTests
{
    [Theory]
    [InlineData("abc", 3)]
    [InlineData("組子", 2)]
    [InlineData("😀😀", 2)]
    [InlineData("e\u0301", 2)]
    public void Length_counts_scalar_values(string text, int length) => Assert.Equal(length, UnicodeText.Length(text));
}
