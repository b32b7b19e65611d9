using System.Reflection;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.Identity.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.Identity;

/// <summary>Accounts and sign-in.</summary>
public sealed class IdentityModule : IModule
{
    internal const string ModuleName = "identity";

    /// <inheritdoc />
    public string Name => ModuleName;

    /// <inheritdoc />
    public string PathPrefix => "/api/auth";

    /// <inheritdoc />
    public string Description => "Accounts, sign-in and sessions. Tokens are ES256 JWTs; anyone may verify them by the published keys.";

    /// <inheritdoc />
    public Assembly Migrations => typeof(M0001_CreateUsers).Assembly;

    /// <inheritdoc />
    public IReadOnlyCollection<string> ListensTo => [];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, ModuleSettings settings)
    {
    }
}
