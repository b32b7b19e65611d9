using System.Text.Json;
using Kumiko.BuildingBlocks.Json;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Json;

public sealed class InstantConverterTests
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new InstantConverter() } };

    [Theory]
    [InlineData("2026-11-24T12:36:01.1234567+00:00", "2026-11-24T12:36:01.123Z")]
    [InlineData("2026-11-24T21:36:01+09:00", "2026-11-24T12:36:01.000Z")]
    [InlineData("0001-01-01T00:00:00+00:00", "0001-01-01T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59.9999999+00:00", "9999-12-31T23:59:59.999Z")]
    public void Times_are_written_in_UTC_with_milliseconds(string time, string written) =>
        Assert.Equal($"\"{written}\"", JsonSerializer.Serialize(DateTimeOffset.Parse(time, null), Options));
}
