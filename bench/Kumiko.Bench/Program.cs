using System.CommandLine;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Kumiko.Bench;
using Kumiko.Bench.Load;

var history = new Option<FileInfo>("--history") { Description = "A file to add the ratios to." };
var commit = new Option<string>("--commit") { Description = "The commit that is measured." };
var command = new RootCommand("Compares single requests. Other options are those of BenchmarkDotNet.") { history, commit };
command.TreatUnmatchedTokensAsErrors = false;
var options = command.Parse(args);

// In this process, because the servers under test run in it and it is built with the same settings as the Host.
var config = DefaultConfig
    .Instance.AddJob(Job.Default.WithToolchain(InProcessNoEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddLogicalGroupRules(BenchmarkLogicalGroupRule.ByCategory, BenchmarkLogicalGroupRule.ByParams)
    .AddColumn(StatisticColumn.P95)
    .HideColumns(Column.Error, Column.Gen0, Column.Gen1, Column.Gen2);
var summaries = BenchmarkSwitcher.FromAssembly(typeof(SliceBenchmarks).Assembly).Run([.. options.UnmatchedTokens], config);
if (options.GetValue(commit) is { } measured)
    Keep(summaries, new History(options.GetValue(history), measured, allowedLoss: 0));

static void Keep(IEnumerable<Summary> summaries, History history)
{
    var reports = summaries.SelectMany(summary => summary.Reports).Where(report => report.ResultStatistics is not null);
    foreach (
        var compared in reports.GroupBy(report =>
            (Row: report.BenchmarkCase.Descriptor.Categories.Single(), Provider: (string)report.BenchmarkCase.Parameters["Provider"])
        )
    )
    {
        var raw = compared.Single(report => report.BenchmarkCase.Descriptor.Baseline).ResultStatistics!;
        var host = compared.Single(report => !report.BenchmarkCase.Descriptor.Baseline).ResultStatistics!;
        history.Add(
            new Row("slices", compared.Key.Row + ": time", compared.Key.Provider),
            new Ratios(host.Median / raw.Median, host.Q1 / raw.Q3, host.Q3 / raw.Q1)
        );
    }
}
