namespace Kumiko.Identity.Users;

/// <summary>What an account may do, as the column and the claim <c>role</c> name it.</summary>
internal static class Roles
{
    /// <summary>Writes posts, and changes and deletes their own.</summary>
    public const string Member = "member";

    /// <summary>May delete anybody's posts, too.</summary>
    public const string Moderator = "moderator";

    /// <summary>May also administer accounts.</summary>
    public const string Admin = "admin";

    /// <summary>Whether there is a role of this name.</summary>
    public static bool Exists(string name) => name is Member or Moderator or Admin;
}
