using Kumiko.BuildingBlocks.Configuration;

namespace Kumiko.Host.Commands;

/// <summary>Finds what a module offers to the operator.</summary>
internal static class OperatorServices
{
    /// <summary>The service that does this.</summary>
    /// <param name="app">The application, which runs only the configured modules.</param>
    /// <param name="what">What its module does, such as <c>keeps accounts</c>.</param>
    /// <exception cref="InvalidSettingException">None of the configured modules does this.</exception>
    public static T OfferedBy<T>(this WebApplication app, string what)
        where T : class =>
        app.Services.GetService<T>()
        ?? throw new InvalidSettingException($"None of the configured modules {what}: Modules must include identity.");
}
