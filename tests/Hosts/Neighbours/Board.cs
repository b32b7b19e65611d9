namespace Kumiko.TestHosts.Neighbours;

/// <summary>The posts that a hostile client searches.</summary>
public static class Board
{
    /// <summary>Writes long posts that share most of their words. The Host's limits must be off.</summary>
    public static async Task FillAsync(Uri address, int posts)
    {
        using var caller = new Caller(address);
        var author = await Person.JoinAsync(caller, "author");
        var text = string.Join(' ', Enumerable.Range(0, 600).Select(n => $"w{n % 97:x2}ord"));
        await Parallel.ForAsync(
            0,
            posts,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (n, _) => await author.WriteAsync($"{n} {text}")
        );
    }
}
