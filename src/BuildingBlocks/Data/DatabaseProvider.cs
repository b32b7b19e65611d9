namespace Kumiko.BuildingBlocks.Data;

/// <summary>The two databases that Kumiko supports.</summary>
public enum DatabaseProvider
{
    /// <summary>Embedded, one file per module.</summary>
    Sqlite,

    /// <summary>MySQL 9.7 or a server that speaks its protocol, one database per module.</summary>
    MySql,
}
