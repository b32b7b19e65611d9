namespace Kumiko.Identity.Users;

/// <summary>Who may create an account, as the setting and the API name it.</summary>
internal static class RegistrationMode
{
    /// <summary>Anybody.</summary>
    public const string Open = "open";

    /// <summary>Whoever was invited by an admin.</summary>
    public const string Invited = "invited";

    /// <summary>Nobody.</summary>
    public const string Closed = "closed";
}
