using System.Text;
using System.Text.Json;
using CsCheck;
using Kumiko.BuildingBlocks.Json;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Json;

public sealed class PlainJsonEncoderTests
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = PlainJsonEncoder.Instance };

    [Theory]
    [InlineData("", "")]
    [InlineData("😀𠮷\U0010FFFF", "😀𠮷\U0010FFFF")]
    [InlineData("<b>&'+\u007F\u0085\u2028\uE000\uFFFE", "<b>&'+\u007F\u0085\u2028\uE000\uFFFE")]
    [InlineData("\"\\/", "\\\"\\\\/")]
    [InlineData("\b\f\n\r\t\0\u001F", "\\b\\f\\n\\r\\t\\u0000\\u001f")]
    public void Only_characters_that_JSON_requires_are_escaped(string text, string written) =>
        Assert.Equal($"\"{written}\"", JsonSerializer.Serialize(text, Options));

    [Fact]
    public void Half_a_character_is_replaced()
    {
        Assert.Equal("\"half \uFFFD\"", JsonSerializer.Serialize("half \uD83D", Options));
        Assert.Equal("\"\uFFFD😀\"", JsonSerializer.Serialize("\uDE00\uD83D\uDE00", Options));
    }

    [Fact]
    public void Any_text_can_be_read_again() =>
        Gen.String.Sample(text =>
        {
            // Unpaired surrogates are replaced, since UTF-8 can't encode them.
            var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            var written = JsonSerializer.SerializeToUtf8Bytes(text, Options);
            Assert.Equal(whole, JsonSerializer.Deserialize<string>(written));
        });
}
