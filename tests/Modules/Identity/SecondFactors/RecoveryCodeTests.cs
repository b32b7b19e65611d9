using Kumiko.Identity.SecondFactors;
using Xunit;

namespace Kumiko.Identity.Tests.SecondFactors;

public sealed class RecoveryCodeTests
{
    [Fact]
    public void A_list_has_ten_codes_in_groups_of_four()
    {
        var codes = RecoveryCode.CreateList();
        Assert.Equal(10, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$", code));
    }

    [Theory]
    [InlineData("4k1d-902x-h8qv-t3wz")]
    [InlineData("4k1d902xh8qvt3wz")]
    [InlineData("4K1D 902X H8QV T3WZ")]
    [InlineData(" 4k1d-902x-h8qv-t3wz ")]
    [InlineData("4KLD-9O2X-H8QV-T3WZ")]
    [InlineData("4kid－902x－h8qv－t3wz")]
    [InlineData("４ｋ１ｄ－９０２ｘ－ｈ８ｑｖ－ｔ３ｗｚ")]
    public void A_code_is_read_in_any_spelling(string entered) =>
        Assert.Equal(RecoveryCode.FindHash("4k1d-902x-h8qv-t3wz"), RecoveryCode.FindHash(entered));

    [Theory]
    [InlineData("")]
    [InlineData("----")]
    [InlineData("4k1d-902x-h8qv-t3w")]
    [InlineData("4k1d-902x-h8qv-t3wz0")]
    [InlineData("4k1d-902x-h8qv-t3wu")]
    [InlineData("4k1d_902x_h8qv_t3wz")]
    public void Anything_else_is_not_a_code(string entered) => Assert.Null(RecoveryCode.FindHash(entered));
}
