namespace Kumiko.Contract.Identity;

public class ListUsersTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task Accounts_are_found_by_the_beginning_of_the_name_or_the_address()
    {
        var (admin, judy) = (await kumiko.AdminAsync(), await kumiko.NewPersonAsync("judy"));
        foreach (
            var q in (string[])
                [judy.Username, judy.Username.ToUpperInvariant(), judy.Email, judy.Email[..^8], judy.Username.Replace('_', '＿')]
        )
        {
            var found = (await admin.GetAsync($"/api/auth/admin/users?q={Uri.EscapeDataString(q)}")).Is(200);
            Assert.Equal([judy.Id], found.Ids);
            Assert.Equal(judy.Email, found.Items[0].GetProperty("email").GetString());
            Assert.Equal("no-store", found.Header("Cache-Control"));
        }

        Assert.Empty((await admin.GetAsync($"/api/auth/admin/users?q={judy.Username[1..]}")).Is(200).Items);
        Assert.Empty((await admin.GetAsync("/api/auth/admin/users?q=%25")).Is(200).Items);
        Assert.Empty((await admin.GetAsync($"/api/auth/admin/users?q={judy.Username}&role=admin")).Is(200).Items);
        Assert.Empty((await admin.GetAsync($"/api/auth/admin/users?q={judy.Username}&disabled=true")).Is(200).Items);
        Assert.Single((await admin.GetAsync($"/api/auth/admin/users?q={judy.Username}&role=member&disabled=false")).Is(200).Items);
    }

    [Fact]
    public async Task The_list_is_read_page_by_page_newest_first()
    {
        var admin = await kumiko.AdminAsync();
        for (var n = 0; n < 3; n++)
            await kumiko.NewPersonAsync("judy");
        var first = (await admin.GetAsync("/api/auth/admin/users?limit=2")).Is(200);
        var second = (await admin.GetAsync($"/api/auth/admin/users?limit=2&cursor={Uri.EscapeDataString(first.NextCursor!)}")).Is(200);
        Assert.Equal(first.Ids.Concat(second.Ids).OrderDescending(), first.Ids.Concat(second.Ids));
        Assert.Equal(4, first.Ids.Concat(second.Ids).Distinct().Count());
        (await admin.GetAsync("/api/auth/admin/audit?cursor=" + Uri.EscapeDataString(first.NextCursor!))).IsProblemWith(400, "cursor");
    }

    [Fact]
    public async Task The_list_shows_no_secrets()
    {
        var admin = await kumiko.AdminAsync();
        var item = (await admin.GetAsync("/api/auth/admin/users?limit=1")).Is(200).Items[0];
        Assert.Equal(
            ["id", "email", "username", "email_verified", "role", "disabled", "disabled_at", "disabled_reason", "created_at", "updated_at"],
            item.EnumerateObject().Select(member => member.Name)
        );
    }

    [Theory]
    [InlineData("role=owner")]
    [InlineData("disabled=yes")]
    [InlineData("limit=101")]
    public async Task An_unknown_value_of_a_filter_is_refused(string query)
    {
        var admin = await kumiko.AdminAsync();
        (await admin.GetAsync($"/api/auth/admin/users?{query}")).IsProblem(400);
    }
}
