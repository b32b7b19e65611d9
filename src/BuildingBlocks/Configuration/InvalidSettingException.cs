namespace Kumiko.BuildingBlocks.Configuration;

/// <summary>
/// The configuration is invalid. The message is one sentence that says what to set; the Host prints it and exits with code 1.
/// </summary>
public sealed class InvalidSettingException(string message, Exception? inner = null) : Exception(message, inner);
