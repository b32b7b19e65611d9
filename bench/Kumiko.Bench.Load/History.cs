using System.Globalization;

namespace Kumiko.Bench.Load;

/// <summary>
/// The file with the ratios of earlier runs, one line for each figure of a row: date, commit, scenario, row, provider, median, least and
/// greatest ratio. A greater ratio is worse.
/// </summary>
/// <param name="file">The file; null if nothing is kept or compared.</param>
/// <param name="commit">The commit that is measured. Null compares with the file instead of adding to it.</param>
/// <param name="allowedLoss">By how much a median may be greater than the newest one in the file: 0.1 for a tenth.</param>
internal sealed class History(FileInfo? file, string? commit, double allowedLoss)
{
    private const string Header = "date,commit,scenario,row,provider,median,least,greatest";

    private readonly Dictionary<Row, Ratios> _newest = file is { Exists: true } && commit is null ? Read(file) : [];

    /// <summary>What was lost, one line for each figure.</summary>
    public List<string> Losses { get; } = [];

    /// <summary>Adds a figure to the file, or compares it with the newest one there.</summary>
    public void Add(Row row, Ratios ratios)
    {
        if (file is null)
            return;
        if (commit is null)
            Compare(row, ratios);
        else
            Append(row, ratios);
    }

    private void Append(Row row, Ratios ratios)
    {
        if (!File.Exists(file!.FullName))
            File.WriteAllText(file.FullName, Header + Environment.NewLine);
        FormattableString[] fields =
        [
            $"{DateTime.UtcNow:yyyy-MM-dd},{commit},{row.Scenario},{row.Name},{row.Provider}",
            $"{ratios.Median:F3},{ratios.Least:F3},{ratios.Greatest:F3}",
        ];
        File.AppendAllText(file.FullName, string.Join(',', fields.Select(FormattableString.Invariant)) + Environment.NewLine);
    }

    private void Compare(Row row, Ratios ratios)
    {
        if (!_newest.TryGetValue(row, out var newest))
        {
            Console.WriteLine($"{row}: {ratios}, and none in {file!.Name} to compare with");
            return;
        }

        // Only what is beyond the spread of both counts.
        var limit = (newest.Median + newest.Uncertainty) * (1 + allowedLoss) + ratios.Uncertainty;
        var line = string.Create(CultureInfo.InvariantCulture, $"{row}: {ratios}, was {newest}, at most {limit:N2}");
        Console.WriteLine(line);
        if (ratios.Median > limit)
            Losses.Add(line);
    }

    private static Dictionary<Row, Ratios> Read(FileInfo file)
    {
        var newest = new Dictionary<Row, Ratios>();
        foreach (var line in File.ReadLines(file.FullName).Skip(1))
        {
            var fields = line.Split(',');
            newest[new Row(fields[2], fields[3], fields[4])] = new Ratios(Number(fields[5]), Number(fields[6]), Number(fields[7]));
        }

        return newest;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
