namespace Kumiko.Bench.Load;

/// <summary>What is compared: a line of figures.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Name">The name within the scenario, without commas.</param>
/// <param name="Provider"><c>sqlite</c> or <c>mysql</c>.</param>
internal sealed record Row(string Scenario, string Name, string Provider)
{
    /// <inheritdoc />
    public override string ToString() => $"{Provider}: {Scenario}: {Name}";
}
