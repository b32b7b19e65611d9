using System.Globalization;
using System.Text.Json;

namespace Kumiko.TestHosts.Client;

/// <summary>Times on the wire: RFC 3339, UTC, milliseconds, ending in <c>Z</c>.</summary>
public static class Moment
{
    /// <summary>Asserts the format of a time and returns it.</summary>
    public static DateTimeOffset Of(JsonElement value)
    {
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", value.GetString());
        return value.GetDateTimeOffset().ToUniversalTime();
    }

    /// <summary>Asserts that a time lies within the last minute by this machine's clock.</summary>
    public static void IsRecent(JsonElement value)
    {
        var age = DateTimeOffset.UtcNow - Of(value);
        Assert.True(
            age > TimeSpan.FromSeconds(-2) && age < TimeSpan.FromMinutes(1),
            string.Create(CultureInfo.InvariantCulture, $"{value} is {age} ago.")
        );
    }
}
