using System.Globalization;
using System.Text;
using CsCheck;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Text;
using Kumiko.Posts.Search;
using Xunit;

namespace Kumiko.Posts.Tests.Search;

/// <summary>A search finds what a search in memory finds, in every script, on both databases.</summary>
public sealed class SearchPropertyTests
{
    // A few neighbours from any part of Unicode, so that the texts of one sample have much in common.
    private static readonly Gen<Rune[]> Alphabets =
        from start in Gen.OneOf(
            Gen.Int[0x20, 0xD7F0],
            Gen.Int[0xE000, 0xFFF0],
            Gen.Int[0x10000, 0x1FBF0],
            Gen.Int[0x20000, 0x323A0],
            Any(0x41, 0x61, 0x3B1, 0x3042, 0x30A2, 0x4E00)
        )
        from length in Gen.Int[2, 12]
        let runes = Enumerable.Range(start, length).Where(Rune.IsValid).Select(code => new Rune(code)).ToArray()
        where runes.Length > 0
        select runes;

    private static readonly Gen<string> Texts =
        from alphabets in Alphabets.Array[1, 3]
        from runes in Gen.OneOf([
            .. alphabets.Select(Any),
            Any(new Rune(' '), new Rune('a'), new Rune(0x301), new Rune(0x200D), new Rune('日')),
        ]).Array[1, 40]
        select string.Concat(runes);

    private static readonly Gen<(string[] Posts, (int Post, int Start, int Length, bool IsUpper)[] Cuts)> Samples = Gen.Select(
        Texts.Array[15],
        Gen.Select(Gen.Int[0, 14], Gen.Int[0, 39], Gen.Int[1, 6], Gen.Bool).Array[20]
    );

    public static TheoryData<DatabaseProvider> Providers => TestModule.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_search_finds_the_same_as_a_scan_in_memory(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var written = new List<(long Id, string Folded)>();
        await Samples.SampleAsync(
            async sample =>
            {
                foreach (var text in sample.Posts.Where(text => text.EnumerateRunes().Any(rune => !Rune.IsWhiteSpace(rune))))
                {
                    if (await module.TryWriteAsync(text, TestModule.User(1)) is { } post)
                        written.Add((post.Id, SearchText.OfPost(post.Content)));
                }

                // Otherwise the posts are new, or only queued.
                if (sample.Cuts[0].IsUpper)
                    await module.IndexAsync();
                else if (sample.Cuts[1].IsUpper)
                    await module.NumberAsync();
                foreach (var (post, start, length, isUpper) in sample.Cuts)
                {
                    var cut = string.Concat(sample.Posts[post].EnumerateRunes().Skip(start).Take(length));
                    await FindsAsync(isUpper ? cut.ToUpperInvariant() : cut);
                }
            },
            iter: 12,
            threads: 1
        );

        async Task FindsAsync(string query)
        {
            if (SearchText.IsBlank(query))
                return;

            var terms = SearchText.Fold(query).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var expected = written
                .Where(post => terms.Length > 0 && terms.All(term => post.Folded.Contains(term, StringComparison.Ordinal)))
                .Select(post => post.Id)
                .Reverse()
                .Take(100);
            Assert.Equal(expected, (await module.ListAsync(query)).Select(post => post.Id));
        }
    }

    [Fact]
    public void A_text_and_all_its_spellings_fold_alike()
    {
        for (var code = 0; code < 0x110000; code++)
        {
            if (!Rune.TryCreate(code, out var rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherNotAssigned)
                continue;

            var text = rune.ToString();
            var folded = SearchText.Fold(text);
            Same(folded, SearchText.Fold(folded), text);
            // The dotless ı has the capital of i, and is folded separately from both.
            if (code != 0x131)
                Same(folded, SearchText.Fold(Rune.ToUpperInvariant(rune).ToString()), text);
            Same(folded, SearchText.Fold(Rune.ToLowerInvariant(rune).ToString()), text);
            Same(folded, SearchText.Fold(Nfkc.Compose(text)), text);
            Same(folded, SearchText.Fold(CaseFolding.Fold(text)), text);
            Same(
                DefaultIgnorable.Contains(rune) ? "xy" : $"x{folded}y",
                SearchText.Fold($"X{text}Y"),
                text,
                unless: Nfkc.Compose($"x{text}y") != $"x{Nfkc.Compose(text)}y"
            );
        }
    }

    [Fact]
    public void Quick_folding_equals_full_folding() =>
        Texts.Sample(
            text =>
                Same(
                    string.Join(' ', SearchText.Runs(SearchText.Fold(text + "\u00C5")[..^1])),
                    string.Join(' ', SearchText.Runs(SearchText.Fold(text))),
                    text,
                    unless: text.Length == 0
                ),
            iter: 20_000
        );

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(place => values[place]);

    private static void Same(string expected, string actual, string text, bool unless = false)
    {
        if (!unless && expected != actual)
            Assert.Fail($"{Codes(text)} became {Codes(actual)}, not {Codes(expected)}.");
    }

    private static string Codes(string text) =>
        string.Join(' ', text.EnumerateRunes().Select(rune => rune.Value.ToString("X4", CultureInfo.InvariantCulture)));
}
