namespace Kumiko.Contract.Identity;

public class ListSessionsTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task The_list_shows_all_sessions_and_which_one_is_current()
    {
        var mallory = await kumiko.NewPersonAsync("mallory");
        await kumiko.Anyone.PostAsync(
            "/api/auth/login",
            new { email = mallory.Email, password = mallory.Password },
            ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
        );
        var list = (await mallory.GetAsync("/api/auth/sessions")).Is(200);
        Assert.Equal("no-store", list.Header("Cache-Control"));
        Assert.Equal(2, list.Items.Count);
        Assert.Single(list.Items, session => session.GetProperty("current").GetBoolean());
        Assert.Contains("Firefox", list.Text, StringComparison.Ordinal);
        foreach (var session in list.Items)
        {
            Assert.True(session.GetProperty("id").GetInt64() > 0);
            Assert.True(session.TryGetProperty("device", out _), $"{list}");
            Assert.True(session.TryGetProperty("address", out _), $"{list}");
            Moment.IsRecent(session.GetProperty("created_at"));
            Moment.IsRecent(session.GetProperty("last_used_at"));
        }
    }

    [Fact]
    public async Task The_current_session_is_listed_first()
    {
        var mallory = await kumiko.NewPersonAsync("mallory");
        for (var n = 0; n < 3; n++)
            await mallory.OnAnotherDeviceAsync();
        var all = (await mallory.GetAsync("/api/auth/sessions")).Is(200);
        Assert.Equal(4, all.Ids.Distinct().Count());
        Assert.Equal(all.Ids.Skip(1).OrderDescending(), all.Ids.Skip(1));
        foreach (var limit in (int[])[1, 2])
        {
            var ids = new List<long>();
            var path = $"/api/auth/sessions?limit={limit}";
            for (var cursor = ""; cursor is not null; )
            {
                var page = (await mallory.GetAsync(path + (cursor.Length > 0 ? $"&cursor={Uri.EscapeDataString(cursor)}" : ""))).Is(200);
                Assert.Equal(limit, page.Items.Count);
                Assert.Equal(ids.Count == 0, page.Items[0].GetProperty("current").GetBoolean());
                Assert.All(page.Items.Skip(1), session => Assert.False(session.GetProperty("current").GetBoolean()));
                ids.AddRange(page.Ids);
                cursor = page.NextCursor;
            }

            Assert.Equal(all.Ids, ids);
        }
    }

    [Fact]
    public async Task A_long_device_name_is_cut_between_characters()
    {
        var mallory = await kumiko.NewPersonAsync("mallory");
        await kumiko.Anyone.PostAsync(
            "/api/auth/login",
            new { email = mallory.Email, password = mallory.Password },
            ("User-Agent", new string('a', 254) + "😀")
        );
        await kumiko.Anyone.PostAsync(
            "/api/auth/login",
            new { email = mallory.Email, password = mallory.Password },
            ("User-Agent", new string('b', 253) + "😀")
        );
        var devices = (await mallory.GetAsync("/api/auth/sessions"))
            .Is(200)
            .Items.Select(session => session.GetProperty("device").GetString())
            .ToList();
        Assert.Contains(new string('a', 254), devices);
        Assert.Contains(new string('b', 253) + "😀", devices);
    }
}
