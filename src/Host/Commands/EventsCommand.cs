using System.CommandLine;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.Host.Composition;

namespace Kumiko.Host.Commands;

/// <summary><c>events</c>: lists, replays or discards events that failed too often and were parked.</summary>
internal static class EventsCommand
{
    public static Command Create(string[] settings)
    {
        var list = new Command("list", "List the parked events of the configured modules, oldest first (the default).");
        list.SetAction((_, cancellationToken) => ListAsync(settings, cancellationToken));

        var id = new Argument<string>("id") { Description = "The event's id, as 'events list' shows it.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "All parked events instead of one." };
        var replay = new Command("replay", "Handle a parked event again. It stays parked if that fails.") { id, all };
        replay.SetAction(
            (arguments, cancellationToken) =>
                ForEachAsync(settings, arguments.GetValue(id), arguments.GetValue(all), ReplayAsync, cancellationToken)
        );

        var discard = new Command("discard", "Delete a parked event, which then never takes effect.") { id, all };
        discard.SetAction(
            (arguments, cancellationToken) =>
                ForEachAsync(settings, arguments.GetValue(id), arguments.GetValue(all), DiscardAsync, cancellationToken)
        );

        var command = new Command("events", "List, replay or discard the events that a module failed to handle.") { list, replay, discard };
        command.SetAction((_, cancellationToken) => ListAsync(settings, cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(string[] settings, CancellationToken cancellationToken)
    {
        await using var app = Application.Build(settings);
        var parked = await app.Services.GetRequiredService<ParkedEvents>().ListAsync(cancellationToken);
        foreach (var one in parked)
        {
            Console.WriteLine($"{one.EventId}  {one.Name} -> {one.Module} ({one.Handler})");
            Console.WriteLine(
                $"  happened {one.CreatedAt:yyyy-MM-dd HH:mm:ss}Z, parked {one.ParkedAt:yyyy-MM-dd HH:mm:ss}Z after "
                    + $"{one.Attempts} attempts"
            );
            Console.WriteLine($"  {one.Error}");
            Console.WriteLine($"  {one.Body}");
        }

        Console.WriteLine(parked.Count == 0 ? "No event is parked." : $"{parked.Count} parked.");
        return 0;
    }

    private static async Task<int> ForEachAsync(
        string[] settings,
        string? id,
        bool all,
        Func<ParkedEvents, ParkedEvent, CancellationToken, Task<bool>> actAsync,
        CancellationToken cancellationToken
    )
    {
        if (id is null == !all)
        {
            await Console.Error.WriteLineAsync("Pass the id of an event, or --all.");
            return 1;
        }

        await using var app = Application.Build(settings);
        var events = app.Services.GetRequiredService<ParkedEvents>();
        var chosen = (await events.ListAsync(cancellationToken)).Where(parked => all || parked.EventId == id).ToList();
        if (chosen.Count == 0 && id is not null)
        {
            await Console.Error.WriteLineAsync($"No parked event has the id {id}.");
            return 1;
        }

        var failed = 0;
        foreach (var parked in chosen)
            failed += await actAsync(events, parked, cancellationToken) ? 0 : 1;
        Console.WriteLine($"{chosen.Count - failed} done, {failed} failed.");
        return failed == 0 ? 0 : 1;
    }

    private static async Task<bool> ReplayAsync(ParkedEvents events, ParkedEvent parked, CancellationToken cancellationToken)
    {
        try
        {
            await events.ReplayAsync(parked, cancellationToken);
            Console.WriteLine($"{parked.EventId} took effect in {parked.Module}.");
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"{parked.EventId} failed again in {parked.Module}: {e.GetBaseException().Message}");
            return false;
        }
    }

    private static async Task<bool> DiscardAsync(ParkedEvents events, ParkedEvent parked, CancellationToken cancellationToken)
    {
        await events.DiscardAsync(parked, cancellationToken);
        Console.WriteLine($"{parked.EventId} is discarded in {parked.Module}.");
        return true;
    }
}
