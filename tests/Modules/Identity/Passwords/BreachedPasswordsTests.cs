using System.Security.Cryptography;
using Kumiko.Identity.Passwords;
using Xunit;

namespace Kumiko.Identity.Tests.Passwords;

public sealed class BreachedPasswordsTests
{
    // From the beginning, the middle and the end of the list of SecLists, and some of zxcvbn-ts.
    [Theory]
    [InlineData("12345678")]
    [InlineData("eidmubarak")]
    [InlineData("EightMarch")]
    [InlineData("ｅｉｇｈｔｍａｒｃｈ")]
    [InlineData("1q2w3e4r5t")]
    public void A_password_of_the_lists_is_known_in_any_spelling(string password) => Assert.True(BreachedPasswords.Contains(password));

    [Fact]
    public void A_password_of_ones_own_is_taken_for_one_of_them_once_in_thousands()
    {
        // 15,000 to 1 by construction, so one or two of these. A filter with a fault in it takes many or all.
        const int Tried = 30_000;
        var taken = Enumerable.Range(0, Tried).Count(_ => BreachedPasswords.Contains(RandomNumberGenerator.GetHexString(16)));

        Assert.InRange(taken, 0, Tried / 1_500);
    }
}
