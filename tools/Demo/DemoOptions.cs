namespace Kumiko.Demo;

/// <summary>The options of the command line.</summary>
internal sealed record DemoOptions(IReadOnlyList<DirectoryInfo> Folders, Uri Url, int Users, int Connections);
