using System.Data;
using System.Globalization;
using Dapper;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>Registers how Dapper reads and writes times: in UTC, to the millisecond, the same on both databases.</summary>
internal static class DapperTypes
{
    private static readonly Lazy<bool> Registered = new(() =>
    {
        // Dapper's own type map takes precedence over a handler and writes the offset into SQLite's text.
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(new InstantHandler());
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        // With this hint, MySQL's driver sends two more statements, one before the query and one after it.
        SqlMapper.Settings.UseSingleRowOptimization = false;
        return true;
    });

    public static void Register() => _ = Registered.Value;

    private sealed class InstantHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            parameter.DbType = DbType.DateTime;
            parameter.Value = value.UtcDateTime;
        }

        public override DateTimeOffset Parse(object value) =>
            value switch
            {
                DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
                string text => Parse(text),
                _ => throw new DataException($"A time came back as {value.GetType().Name}."),
            };

        // A list contains forty timestamps, and the general parser takes ten times as long. SQLite's driver writes
        // 'yyyy-MM-dd HH:mm:ss.FFFFFFF'.
        private static DateTimeOffset Parse(ReadOnlySpan<char> text)
        {
            var second = new DateTimeOffset(
                Number(text[..4]),
                Number(text[5..7]),
                Number(text[8..10]),
                Number(text[11..13]),
                Number(text[14..16]),
                Number(text[17..19]),
                TimeSpan.Zero
            );
            if (text.Length <= 20)
                return second;

            var ticks = 0L;
            for (var digit = 0; digit < 7; digit++)
                ticks = (ticks * 10) + (20 + digit < text.Length ? text[20 + digit] - '0' : 0);
            return second.AddTicks(ticks);
        }

        private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
