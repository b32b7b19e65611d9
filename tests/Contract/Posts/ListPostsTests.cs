namespace Kumiko.Contract.Posts;

public class ListPostsTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task A_list_runs_from_the_newest_post_to_the_oldest()
    {
        var (erin, written) = await WriterOfAsync(7);
        var seen = new List<long>();
        var path = $"/api/crud/posts?user_id={erin.Id}&limit=3";
        var pages = 0;
        for (
            var page = await kumiko.Anyone.GetAsync(path);
            ;
            page = await kumiko.Anyone.GetAsync($"{path}&cursor={Uri.EscapeDataString(page.NextCursor!)}")
        )
        {
            page.Is(200);
            Assert.Equal(["items", "next_cursor"], page.Json.EnumerateObject().Select(member => member.Name).Order());
            Assert.InRange(page.Items.Count, 0, 3);
            seen.AddRange(page.Ids);
            Assert.InRange(++pages, 1, 4);
            if (page.NextCursor is null)
                break;
        }

        Assert.Equal(written.AsEnumerable().Reverse(), seen);
    }

    [Fact]
    public async Task A_list_contains_the_same_posts_as_their_own_addresses()
    {
        var (erin, written) = await WriterOfAsync(1);
        var listed = Assert.Single((await kumiko.Anyone.GetAsync($"/api/crud/posts?user_id={erin.Id}")).Is(200).Items);
        var single = (await kumiko.Anyone.GetAsync($"/api/crud/posts/{written[0]}")).Is(200);
        Assert.Equal(single.Json.EnumerateObject().Select(member => member.Name), listed.EnumerateObject().Select(member => member.Name));
        Assert.Equal(single.Content, listed.GetProperty("content").GetString());
        Moment.IsRecent(listed.GetProperty("created_at"));
        Moment.IsRecent(listed.GetProperty("updated_at"));
    }

    [Fact]
    public async Task A_page_has_twenty_items_by_default()
    {
        var (erin, _) = await WriterOfAsync(21);
        Assert.Equal(20, (await kumiko.Anyone.GetAsync($"/api/crud/posts?user_id={erin.Id}")).Is(200).Items.Count);
        Assert.Single((await kumiko.Anyone.GetAsync($"/api/crud/posts?user_id={erin.Id}&limit=1")).Is(200).Items);
        var all = (await kumiko.Anyone.GetAsync($"/api/crud/posts?user_id={erin.Id}&limit=100")).Is(200);
        Assert.Equal(21, all.Items.Count);
        Assert.Null(all.NextCursor);
    }

    [Fact]
    public async Task A_list_is_never_cached()
    {
        Assert.Equal("no-store", (await kumiko.Anyone.GetAsync("/api/crud/posts")).Is(200).Header("Cache-Control"));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=-1")]
    [InlineData("limit=101")]
    [InlineData("limit=abc")]
    [InlineData("limit=1.5")]
    [InlineData("limit=99999999999")]
    [InlineData("user_id=x")]
    [InlineData("user_id=1e3")]
    [InlineData("user_id=99999999999999999999")]
    [InlineData("cursor=made-up")]
    [InlineData("cursor=MTIz")]
    [InlineData("cursor=%00")]
    [InlineData("cursor=' or 1=1 --")]
    public async Task An_invalid_query_value_is_refused(string query)
    {
        (await kumiko.Anyone.GetAsync($"/api/crud/posts?{query}")).IsProblem(400);
    }

    [Fact]
    public async Task An_author_without_posts_has_an_empty_list()
    {
        var answer = (await kumiko.Anyone.GetAsync("/api/crud/posts?user_id=9223372036854775807")).Is(200);
        Assert.Empty(answer.Items);
        Assert.Null(answer.NextCursor);
    }

    [Fact]
    public async Task A_cursor_that_was_changed_anywhere_is_refused()
    {
        var (erin, _) = await WriterOfAsync(2);
        var path = $"/api/crud/posts?user_id={erin.Id}&limit=1";
        var cursor = (await kumiko.Anyone.GetAsync(path)).Is(200).NextCursor!;
        (await kumiko.Anyone.GetAsync($"{path}&cursor={Uri.EscapeDataString(cursor)}")).Is(200);
        // The last character of Base64 may hold unused bits; every other character counts.
        for (var place = 0; place < cursor.Length - 1; place++)
        {
            var changed = cursor[..place] + (cursor[place] == 'A' ? 'B' : 'A') + cursor[(place + 1)..];
            (await kumiko.Anyone.GetAsync($"{path}&cursor={Uri.EscapeDataString(changed)}")).IsProblem(400);
        }

        (await kumiko.Anyone.GetAsync($"{path}&cursor={Uri.EscapeDataString(cursor[..^2])}")).IsProblem(400);
        (await kumiko.Anyone.GetAsync($"{path}&cursor={Uri.EscapeDataString(cursor + cursor)}")).IsProblem(400);
    }

    [Fact]
    public async Task A_cursor_fits_into_an_address_as_it_is()
    {
        var (erin, written) = await WriterOfAsync(3);
        var first = (await kumiko.Anyone.GetAsync($"/api/crud/posts?user_id={erin.Id}&limit=1")).Is(200);
        Assert.Matches("^[A-Za-z0-9._~-]+$", first.NextCursor!);
        Assert.Equal(
            [written[1]],
            (await kumiko.Anyone.GetAsync($"/api/crud/posts?user_id={erin.Id}&limit=1&cursor={first.NextCursor}")).Is(200).Ids
        );
    }

    [Fact]
    public async Task A_page_keeps_its_position_while_posts_are_added_and_deleted()
    {
        var (erin, written) = await WriterOfAsync(6);
        var path = $"/api/crud/posts?user_id={erin.Id}&limit=2";
        var first = (await kumiko.Anyone.GetAsync(path)).Is(200);
        await erin.WriteAsync("newer");
        // Delete the post at the cursor's position, and one on the next page.
        (await erin.DeleteAsync($"/api/crud/posts/{written[4]}")).Is(204);
        (await erin.DeleteAsync($"/api/crud/posts/{written[3]}")).Is(204);
        var second = (await kumiko.Anyone.GetAsync($"{path}&cursor={Uri.EscapeDataString(first.NextCursor!)}")).Is(200);
        Assert.Equal([written[5], written[4]], first.Ids);
        Assert.Equal([written[2], written[1]], second.Ids);
    }

    [Fact]
    public async Task Paging_through_two_thousand_posts_while_others_write_and_delete_neither_skips_nor_repeats()
    {
        var authors = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => kumiko.NewPersonAsync("author")));
        var written = (
            await Task.WhenAll(
                authors.Select(async author =>
                {
                    var ids = new List<long>();
                    for (var n = 0; n < 500; n++)
                        ids.Add((await author.WriteAsync($"post {n} of {author.Username}")).Id);
                    return ids;
                })
            )
        ).SelectMany(ids => ids).ToList();

        using var finished = new CancellationTokenSource();
        var others = authors
            .Select((author, place) => WriteAndDeleteAsync(author, written.Skip(place * 500).Where((_, n) => n % 10 == 0).Take(50)))
            .ToList();
        var seen = new List<long>();
        string? cursor = null;
        do
        {
            var page = (
                await kumiko.Anyone.GetAsync($"/api/crud/posts?limit=25{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}")
            ).Is(200);
            seen.AddRange(page.Ids);
            cursor = page.NextCursor;
        } while (cursor is not null && seen[^1] > written.Min());
        await finished.CancelAsync();
        var deleted = (await Task.WhenAll(others)).SelectMany(ids => ids).ToHashSet();

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(seen.OrderDescending(), seen);
        Assert.Empty(written.Where(id => !deleted.Contains(id)).Except(seen));
        Assert.NotEmpty(deleted);

        async Task<List<long>> WriteAndDeleteAsync(Person author, IEnumerable<long> old)
        {
            var gone = new List<long>();
            foreach (var id in old)
            {
                if (finished.IsCancellationRequested)
                    break;
                await author.WriteAsync("while somebody pages");
                (await author.DeleteAsync($"/api/crud/posts/{id}")).Is(204);
                gone.Add(id);
            }

            return gone;
        }
    }

    private async Task<(Person Erin, List<long> Written)> WriterOfAsync(int posts)
    {
        var erin = await kumiko.NewPersonAsync("erin");
        var written = new List<long>();
        for (var n = 0; n < posts; n++)
            written.Add((await erin.WriteAsync($"post {n}")).Id);
        return (erin, written);
    }
}
