using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Kumiko.BuildingBlocks.Web;

/// <summary>
/// How numbers are spelt in paths and queries: in ASCII digits, without signs, white space or leading zeros, so that each has one spelling
/// and each resource one
/// address. As a constraint it stands in for the framework's <c>long</c>, which is not so strict.
/// </summary>
public sealed class WholeNumber : IRouteConstraint, IParameterLiteralNodeMatchingPolicy
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

    internal static bool IsType(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var number && (number == typeof(int) || number == typeof(long));

    internal static bool IsOne(string? text) =>
        text is "0" or [>= '1' and <= '9', ..]
        && !text.AsSpan().ContainsAnyExceptInRange('0', '9')
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
