namespace Kumiko.BuildingBlocks.Data;

/// <summary>The two databases that Kumiko runs on.</summary>
public enum DatabaseProvider
{
    /// <summary>Embedded, one file a module.</summary>
    Sqlite,

    /// <summary>MySQL 9.7 or a server that speaks its protocol, one database a module.</summary>
    MySql,
}
