namespace Kumiko.Demo;

/// <summary>The API answered otherwise than its contract says; the message tells how.</summary>
internal sealed class DemoException(string message) : Exception(message);
