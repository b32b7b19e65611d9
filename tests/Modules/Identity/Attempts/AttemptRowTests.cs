using Kumiko.Identity.Attempts;
using Xunit;

namespace Kumiko.Identity.Tests.Attempts;

public sealed class AttemptRowTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-11-28T12:00:00Z", null);
    private static readonly AttemptLimit Window = new("window", 3, TimeSpan.FromHours(1), "Too many.");
    private static readonly AttemptLimit Growing = new("growing", 3, TimeSpan.FromMinutes(15), "Too many.")
    {
        Pause = TimeSpan.FromMinutes(1),
    };

    [Fact]
    public void A_used_up_quota_is_free_again_at_the_end_of_its_window()
    {
        var row = Counted(Window, 2, Noon);
        Assert.Equal(TimeSpan.Zero, row.WaitAt(Noon));
        row = row.Count(Window, Noon.AddMinutes(10));
        Assert.Equal(TimeSpan.FromMinutes(50), row.WaitAt(Noon.AddMinutes(10)));
        Assert.Equal(TimeSpan.Zero, row.WaitAt(Noon.AddHours(1)));
        Assert.Equal(1, row.Count(Window, Noon.AddHours(1)).Attempts);
    }

    [Fact]
    public void Pauses_double_with_each_further_failure_up_to_the_longest()
    {
        var row = Counted(Growing, 2, Noon);
        var now = Noon;
        var pauses = new List<double>();
        for (var n = 0; n < 10; n++)
        {
            row = row.Count(Growing, now);
            pauses.Add(row.WaitAt(now).TotalMinutes);
            now = row.OpenAt;
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60, 60], pauses);
    }

    [Fact]
    public void A_quarter_of_an_hour_without_a_failure_after_the_pause_resets_the_count()
    {
        var row = Counted(Growing, 3, Noon);
        Assert.Equal(4, row.Count(Growing, Noon.AddMinutes(15)).Attempts);
        Assert.Equal(1, row.Count(Growing, Noon.AddMinutes(16)).Attempts);
    }

    private static AttemptRow Counted(AttemptLimit limit, int times, DateTimeOffset now)
    {
        var row = new AttemptRow();
        for (var n = 0; n < times; n++)
            row = row.Count(limit, now);
        return row;
    }
}
