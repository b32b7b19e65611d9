using System.Collections;
using System.Globalization;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>One line of the security log: named values for machines, and the same values as text for people.</summary>
internal sealed class SecurityLine : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> _fields = [];

    public int Count => _fields.Count;

    public KeyValuePair<string, object?> this[int index] => _fields[index];

    /// <summary>Adds a value, unless it is null.</summary>
    public void Add(string name, object? value)
    {
        if (value is not null)
            _fields.Add(KeyValuePair.Create(name, (object?)value));
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc />
    public override string ToString() =>
        string.Join(", ", _fields.Select(field => string.Create(CultureInfo.InvariantCulture, $"{field.Key}={field.Value}")));
}
