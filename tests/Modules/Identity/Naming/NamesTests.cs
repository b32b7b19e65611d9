using System.Globalization;
using System.Text;
using CsCheck;
using Kumiko.BuildingBlocks.Text;
using Kumiko.Identity.Naming;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Kumiko.Identity.Tests.Naming;

public sealed class NamesTests
{
    private static readonly ReservedNames Reserved = new(new ConfigurationBuilder().Build());

    private static IEnumerable<Rune> AllCharacters => Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(code => new Rune(code));

    [Theory]
    [InlineData("alice")]
    [InlineData("a_b-c.9")]
    [InlineData("組子職人")]
    [InlineData("Ångström")]
    [InlineData("A\u030angstro\u0308m")]
    [InlineData("हिन्दी")]
    [InlineData("Ελλάδα")]
    [InlineData("محمد")]
    [InlineData("٣٤٥")]
    [InlineData("\U00020BB7野家")]
    public void Letters_of_any_script_are_valid_in_a_username(string username) => Assert.True(Names.HasUsernameCharacters(username));

    [Theory]
    [InlineData("two words")]
    [InlineData("tab\tbed")]
    [InlineData("a@b")]
    [InlineData("a/b")]
    [InlineData("<b>")]
    [InlineData("smile😀")]
    [InlineData("zero\u200bwidth")]
    [InlineData("right\u202eleft")]
    [InlineData("\u0301mark")]
    [InlineData("9\u0301")]
    [InlineData("_\u0301_")]
    [InlineData("nul\0nul")]
    [InlineData("half½")]
    [InlineData("a\u3000b")]
    [InlineData("\ufffe\ufffe\ufffe")]
    [InlineData("yuki\ufe00")]
    [InlineData("yuki\ufe0f")]
    [InlineData("yuki\U000E0100")]
    [InlineData("yuki\u034f")]
    [InlineData("yuki\u180b")]
    [InlineData("yuki\u17b4")]
    [InlineData("yuki\u115f")]
    [InlineData("yuki\u3164")]
    [InlineData("yuki\uffa0")]
    [InlineData("\u3164\u3164\u3164")]
    [InlineData("\U00013441\U00013441\U00013441")]
    [InlineData("a\U00016fe4b")]
    public void Other_characters_are_invalid_in_a_username(string username) => Assert.False(Names.HasUsernameCharacters(username));

    [Fact]
    public void Every_character_of_a_username_is_visible()
    {
        foreach (var rune in AllCharacters.Where(rune => Names.HasUsernameCharacters($"a{rune}")))
        {
            Assert.False(DefaultIgnorable.Contains(rune), $"U+{rune.Value:X4}");
            Assert.True(Visibility.IsVisible(rune), $"U+{rune.Value:X4}");
        }
    }

    [Theory]
    [InlineData("...", false)]
    [InlineData("---", false)]
    [InlineData("_._", false)]
    [InlineData("_7_", true)]
    [InlineData("-字-", true)]
    [InlineData("٣..", true)]
    public void A_name_contains_a_letter_or_digit(string username, bool has) => Assert.Equal(has, Names.HasLetterOrDigit(username));

    [Theory]
    [InlineData("a\u0301\u0302bc", true)]
    [InlineData("tiê\u0301ng", true)]
    [InlineData("\u1FA7\u03C1\u03B1", true)]
    [InlineData("ế\u0323\u0331x", true)]
    [InlineData("हूँ", true)]
    // Decomposed, as macOS types it: ᾧ, ế with a dot below and a line, and a Devanagari letter that composition takes apart.
    [InlineData("\u03C9\u0314\u0342\u0345\u03C1\u03B1", true)]
    [InlineData("e\u0302\u0301\u0323\u0331x", true)]
    [InlineData("\u0959\u093E\u0901", true)]
    [InlineData("e\u0302\u0301\u0323\u0331\u0324x", false)]
    [InlineData("b\u0301\u0302\u0303c", false)]
    [InlineData("o\u0301\u0302\u0303c", true)]
    [InlineData("o\u0301\u0302\u0303\u0304c", false)]
    [InlineData("กก็็็", false)]
    public void A_letter_has_two_marks_at_most(string username, bool few) => Assert.Equal(few, Names.HasFewMarks(username));

    [Theory]
    [InlineData("hanako")]
    [InlineData("組子とクミコー")]
    [InlineData("東京박지훈")]
    [InlineData("東京ㄅㄆ")]
    [InlineData("дмитрий-7")]
    [InlineData("محمد_٣")]
    [InlineData("नमस्ते.९")]
    [InlineData("a\u0301bc")]
    [InlineData("123")]
    public void A_name_in_one_script_is_single(string username) => Assert.True(Scripts.IsSingleScript(username));

    [Theory]
    [InlineData("h\u0430n\u0430ko")]
    [InlineData("paypa\u04CF")]
    [InlineData("Αlice")]
    [InlineData("박なナ")]
    [InlineData("ㄅナ東")]
    [InlineData("नমa")]
    [InlineData("latin字")]
    [InlineData("a٣٣")]
    public void A_name_in_several_scripts_is_not_single(string username) => Assert.False(Scripts.IsSingleScript(username));

    [Theory]
    [InlineData("paypal", "paypa\u0049")]
    [InlineData("paypal", "paypa1")]
    [InlineData("hanako", "h\u0430n\u0430ko")]
    [InlineData("coco", "сосо")]
    [InlineData("coco", "СОСО")]
    [InlineData("mark", "rnark")]
    [InlineData("yuki", "yuki\ufe00")]
    [InlineData("yuki", "y\u034fuki")]
    [InlineData("ニ", "二")]
    [InlineData("Foo", "ſoo")]
    [InlineData("bob", "b0b")]
    public void Names_that_look_alike_have_one_skeleton(string one, string other) =>
        Assert.Equal(Names.Skeleton(one), Names.Skeleton(other));

    [Theory]
    [InlineData("alice", "alicé")]
    [InlineData("はな", "ハナ")]
    [InlineData("ハハ", "パパ")]
    [InlineData("パパ", "ババ")]
    [InlineData("a.b", "ab")]
    [InlineData("a-b", "a_b")]
    [InlineData("taro2", "taro3")]
    [InlineData("дмитрий", "дмитрии")]
    public void Names_that_look_different_have_different_skeletons(string one, string other) =>
        Assert.NotEqual(Names.Skeleton(one), Names.Skeleton(other));

    [Fact]
    public void A_skeleton_is_its_own_skeleton()
    {
        foreach (var rune in AllCharacters)
        {
            var skeleton = Names.Skeleton(rune.ToString());
            Assert.Equal(skeleton, Names.Skeleton(skeleton));
        }
    }

    [Theory]
    [InlineData("ạdmin")]
    [InlineData("a\u0323dmin")]
    [InlineData("ADMÍN")]
    [InlineData("ađmin")]
    [InlineData("rø\u0338øt")]
    [InlineData("ŕőøť")]
    [InlineData("_sûpport_")]
    [InlineData("mö-dérator")]
    [InlineData("サボート")]
    [InlineData("シズテム")]
    [InlineData("シス\u3099テム")]
    public void A_mark_does_not_make_a_reserved_name_free(string username) => Assert.True(Reserved.Contains(username));

    [Theory]
    [InlineData("admin1")]
    [InlineData("administra")]
    [InlineData("rooted")]
    [InlineData("zoë")]
    [InlineData("adèle")]
    [InlineData("サボテン")]
    public void Names_that_are_not_reserved_are_free(string username) => Assert.False(Reserved.Contains(username));

    [Fact]
    public void Any_mark_on_any_letter_of_a_reserved_name_leaves_it_reserved()
    {
        foreach (
            var mark in AllCharacters.Where(rune =>
                Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark && Names.HasUsernameCharacters($"a{rune}")
            )
        )
        {
            Assert.True(Reserved.Contains($"a{mark}dmin"), $"U+{mark.Value:X4}");
            Assert.True(Reserved.Contains($"ROOT{mark}"), $"U+{mark.Value:X4}");
        }
    }

    // Unicode's own table, checked by its own rule: names that it calls confusable count as one.
    [Fact]
    public void Confusable_characters_have_one_skeleton() =>
        Gen.Int[0x21, 0x2FFF]
            .Where(Rune.IsValid)
            .Select(code => new Rune(code).ToString())
            .Array[1, 6]
            .Select(string.Concat)
            .Sample(text => Names.Skeleton(Confusables.Skeleton(text)) == Names.Skeleton(text), iter: 20_000);

    [Fact]
    public void The_skeleton_of_the_longest_username_fits_its_column()
    {
        var longest = AllCharacters
            .Where(rune => Names.HasUsernameCharacters($"a{rune}"))
            .Max(rune => Names.Skeleton(rune.ToString()).Length);
        Assert.True(longest * Names.MaxUsername <= 576, $"{longest} characters for one.");
    }

    [Theory]
    [InlineData("Alice", "aLICE")]
    [InlineData("ＡＬＩＣＥ", "alice")]
    [InlineData("ｶﾞﾗｽ", "ガラス")]
    [InlineData("Ångström", "a\u030aNGSTRO\u0308M")]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("STRAẞE", "straße")]
    [InlineData("ЖУК", "жук")]
    [InlineData("ﬁn", "FIN")]
    public void Two_spellings_of_one_name_clash(string one, string other) => Assert.Equal(Names.Key(one), Names.Key(other));

    [Theory]
    [InlineData("alice", "alicé")]
    [InlineData("はな", "ハナ")]
    [InlineData("a.b", "ab")]
    public void Two_different_names_do_not_clash(string one, string other) => Assert.NotEqual(Names.Key(one), Names.Key(other));

    [Fact]
    public void The_key_of_the_longest_username_fits_its_column() =>
        Assert.True(Names.Key(string.Concat(Enumerable.Repeat("\ufdfa", 32))).Length <= 576);
}
