namespace Kumiko.Demo;

/// <summary>The API's answer violates its contract; the message says how.</summary>
internal sealed class DemoException(string message) : Exception(message);
