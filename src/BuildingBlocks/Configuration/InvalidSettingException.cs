namespace Kumiko.BuildingBlocks.Configuration;

/// <summary>
/// The configuration cannot work. The message is one sentence for the operator that says what to set; the Host prints it and ends
/// with exit code 1.
/// </summary>
public sealed class InvalidSettingException(string message, Exception? inner = null) : Exception(message, inner);
