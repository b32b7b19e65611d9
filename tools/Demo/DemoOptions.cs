namespace Kumiko.Demo;

/// <summary>What the command line asks for.</summary>
internal sealed record DemoOptions(IReadOnlyList<DirectoryInfo> Folders, Uri Url, int Users, int Connections);
