using System.Globalization;
using Microsoft.AspNetCore.Routing.Matching;

namespace Kumiko.Host.Requests;

/// <summary>
/// Accepts numbers in paths and queries only as ASCII digits, without signs, white space or leading zeros, so that each number has one
/// spelling and each resource one address. As a route constraint it replaces the framework's <c>long</c>, which is less strict.
/// </summary>
internal sealed class WholeNumber : IRouteConstraint, IParameterLiteralNodeMatchingPolicy
{
    /// <inheritdoc />
    public bool Match(
        HttpContext? httpContext,
        IRouter? route,
        string routeKey,
        RouteValueDictionary values,
        RouteDirection routeDirection
    ) => values.TryGetValue(routeKey, out var value) && IsOne(Convert.ToString(value, CultureInfo.InvariantCulture));

    /// <inheritdoc />
    public bool MatchesLiteral(string parameterName, string literal) => IsOne(literal);

    public static bool IsType(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var number && (number == typeof(int) || number == typeof(long));

    public static bool IsOne(string? text) =>
        text is "0" or [>= '1' and <= '9', ..]
        && !text.AsSpan().ContainsAnyExceptInRange('0', '9')
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
