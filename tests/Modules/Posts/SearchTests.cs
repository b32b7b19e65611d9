using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Posts.Features.DeletePost;
using Kumiko.Posts.Features.UpdatePost;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kumiko.Posts.Tests;

/// <summary>Both databases find the same.</summary>
public sealed class SearchTests
{
    private static readonly string[] Posts =
    [
        "日本の朝。コンテナを港で待つ",
        "東京都に住む日",
        "The cat sat on the mat",
        "concatenate, a word; it is not an animal",
        "ﾊﾝｶｸ と ＦＵＬＬ width ①",
        "C++ and C# (and snake_case)",
        "🎉 party 👩‍👩‍👧 🇯🇵",
        "à la carte",
        "한국어 문장입니다",
        "простой текст",
        "1234567890",
        "𠮷野家で丼",
        "हिन्दी में लिखा",
    ];

    public static TheoryData<DatabaseProvider> Providers => TestModule.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Words_and_pieces_of_words_of_any_language_are_found(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        foreach (var post in Posts)
            await module.WriteAsync(post, TestModule.User(1));

        await FindsAsync("日本", 0);
        await FindsAsync("コンテナ", 0);
        await FindsAsync("こんてな", 0);
        await FindsAsync("ｺﾝﾃﾅ", 0);
        await FindsAsync("日", 0, 1);
        await FindsAsync("つ", 0);
        await FindsAsync("京都", 1);
        await FindsAsync("都京");
        await FindsAsync("の朝 港で", 0);
        await FindsAsync("朝。コ", 0);
        await FindsAsync("cat", 2, 3);
        await FindsAsync("CAT the", 2);
        await FindsAsync("the", 2);
        await FindsAsync("an", 3, 5);
        await FindsAsync("t", 2, 3, 4, 6, 7);
        await FindsAsync("catsat");
        await FindsAsync("full", 4);
        await FindsAsync("はんかく", 4);
        await FindsAsync("c++", 2, 3, 5, 7);
        await FindsAsync("snake_case", 5);
        await FindsAsync("🎉", 6);
        await FindsAsync("👩", 6);
        await FindsAsync("🇯🇵", 6);
        await FindsAsync("carte", 7);
        await FindsAsync("à", 7);
        await FindsAsync("문장", 8);
        await FindsAsync("ПРОСТОЙ", 9);
        await FindsAsync("4567", 10);
        await FindsAsync("9 0", 10);
        await FindsAsync("𠮷野家", 11);
        await FindsAsync("𠮷", 11);
        await FindsAsync("हिन्दी", 12);
        await FindsAsync("absent");

        async Task FindsAsync(string q, params int[] posts)
        {
            var found = (await module.ListAsync(q)).Select(post => post.Content);
            Assert.Equal(posts.Select(post => Posts[post]).Reverse(), found);
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_pairs_of_a_term_are_found_only_where_they_stand_together(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.WriteAsync("banana split", TestModule.User(1));
        await module.WriteAsync("nan ana ban", TestModule.User(1));
        await module.WriteAsync(string.Concat(Enumerable.Repeat("長い話", 80)), TestModule.User(1));

        Assert.Equal("banana split", Assert.Single(await module.ListAsync("banana")).Content);
        Assert.Empty(await module.ListAsync("ananab"));
        Assert.Single(await module.ListAsync(string.Concat(Enumerable.Repeat("長い話", 65))));
        Assert.Empty(await module.ListAsync(string.Concat(Enumerable.Repeat("長い話", 65)) + "。長長"));
        Assert.Empty(await module.ListAsync(string.Concat(Enumerable.Repeat("🎉", 200))));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Operators_of_the_databases_mean_nothing_and_punctuation_finds_nothing(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.WriteAsync("near and or not", TestModule.User(1));
        await module.WriteAsync("something else", TestModule.User(1));

        Assert.Equal(2, (await module.ListAsync("   ")).Count);
        Assert.Empty(await module.ListAsync("+-><()~*\"@'%_;--"));
        Assert.Empty(await module.ListAsync("\uE000"));
        Assert.Single(await module.ListAsync("\"near"));
        Assert.Single(await module.ListAsync("NEAR(and or)"));
        Assert.Single(await module.ListAsync("-near"));
        Assert.Empty(await module.ListAsync("tokens:near"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_change_moves_a_post_and_a_deletion_takes_it_out(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var author = TestModule.User(1);
        var post = await module.WriteAsync("before", author);
        var anyVersion = IfMatch.Of(new DefaultHttpContext().Request);

        await module.Mediator.Send(new UpdatePostRequest { Id = post.Id, Content = "afterwards", User = author, IfMatch = anyVersion }, TestContext.Current.CancellationToken);
        Assert.Empty(await module.ListAsync("before"));
        Assert.Single(await module.ListAsync("afterwards"));

        await module.Mediator.Send(new DeletePostRequest(post.Id, author, anyVersion), TestContext.Current.CancellationToken);
        Assert.Empty(await module.ListAsync("afterwards"));
    }
}
