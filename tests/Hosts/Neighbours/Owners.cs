using System.Net;

namespace Kumiko.TestHosts.Neighbours;

/// <summary>
/// Owners of accounts who take turns, each at an address of their own, so that a measurement with many rounds does not meet the limits of
/// one of them.
/// </summary>
public sealed class Owners : IDisposable
{
    private readonly List<Owner> _owners = [];
    private int _turn;

    private Owners() { }

    /// <summary>Registers the owners and signs each in, so that their browsers are known.</summary>
    public static async Task<Owners> JoinAsync(Uri address, int count)
    {
        var owners = new Owners();
        for (var n = 1; n <= count; n++)
            owners._owners.Add(await Owner.JoinAsync(address, new IPAddress([127, 0, 20, (byte)n])));
        return owners;
    }

    /// <summary>Lets the owners live one after another, while a stream is open.</summary>
    /// <param name="goesOn">Whether there is another round after this number of rounds.</param>
    public async Task<OwnerTimes> LiveAsync(Func<int, bool> goesOn)
    {
        using var listener = await _owners[0].ListenAsync();
        var times = new OwnerTimes();
        for (var round = 0; goesOn(round); round++)
            await _owners[_turn++ % _owners.Count].LiveAsync(listener, times);
        return times;
    }

    public void Dispose() => _owners.ForEach(owner => owner.Dispose());
}
