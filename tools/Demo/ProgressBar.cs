using System.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Kumiko.Demo;

/// <summary>Shows the progress of a stage: a bar in a terminal, a line every few seconds in a log.</summary>
internal static class ProgressBar
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    /// <summary>Runs a stage, which calls the given action once for each completed item.</summary>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> RunAsync(IAnsiConsole console, string title, int total, Func<Action, Task> stage)
    {
        var begun = Stopwatch.GetTimestamp();
        if (console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi)
            await RunWithBarAsync(console, title, total, stage);
        else
            await RunWithLinesAsync(console, title, total, stage);
        return Stopwatch.GetElapsedTime(begun);
    }

    private static Task RunWithBarAsync(IAnsiConsole console, string title, int total, Func<Action, Task> stage) =>
        console
            .Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RateColumn()
            )
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: total);
                await stage(() => task.Increment(1));
            });

    private static async Task RunWithLinesAsync(IAnsiConsole console, string title, int total, Func<Action, Task> stage)
    {
        var done = 0;
        var begun = Stopwatch.GetTimestamp();
        using var timer = new Timer(_ => Report(), null, LineEvery, LineEvery);
        await stage(() => Interlocked.Increment(ref done));
        Report();

        void Report() =>
            console.WriteLine(
                FormattableString.Invariant(
                    $"{title}: {done:N0} of {total:N0} ({done / Stopwatch.GetElapsedTime(begun).TotalSeconds:N0}/s)"
                )
            );
    }

    private sealed class RateColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
        {
            var seconds = task.ElapsedTime?.TotalSeconds ?? 0;
            return new Text(FormattableString.Invariant($"{(seconds > 0 ? task.Value / seconds : 0), 6:N0}/s"));
        }
    }
}
