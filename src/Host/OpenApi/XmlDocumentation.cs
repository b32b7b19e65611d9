using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Kumiko.Host.OpenApi;

/// <summary>
/// The doc comments of requests and responses, from the XML files that the compiler writes beside the assemblies. The framework reads them
/// for public types only; the types of a module are internal.
/// </summary>
internal sealed partial class XmlDocumentation
{
    private readonly Dictionary<Assembly, IReadOnlyDictionary<string, XElement>> _members = [];

    /// <summary>The summary of a type; null if it has none.</summary>
    public string? Of(Type type) => Text(Member(type, "T:")?.Element("summary"));

    /// <summary>The summary of a property; for a positional property of a record, the text of its parameter.</summary>
    public string? Of(PropertyInfo property) =>
        Text(Member(property.DeclaringType!, "P:", "." + property.Name)?.Element("summary"))
        ?? Text(
            Member(property.DeclaringType!, "T:")
                ?.Elements("param")
                .FirstOrDefault(parameter => parameter.Attribute("name")?.Value == property.Name)
        );

    private XElement? Member(Type type, string kind, string member = "")
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return Members(type.Assembly).GetValueOrDefault(kind + definition.FullName?.Replace('+', '.') + member);
    }

    private IReadOnlyDictionary<string, XElement> Members(Assembly assembly)
    {
        lock (_members)
        {
            if (_members.TryGetValue(assembly, out var members))
                return members;

            var file = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
            members = File.Exists(file)
                ? XDocument.Load(file).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value)
                : new Dictionary<string, XElement>();
            return _members[assembly] = members;
        }
    }

    private static string? Text(XElement? element)
    {
        if (element is null)
            return null;

        var text = string.Concat(
            element.Nodes().Select(node => node is XElement { Name.LocalName: "c" } code ? $"`{code.Value}`" : (node as XText)?.Value)
        );
        return Spaces().Replace(text, " ").Trim() is { Length: > 0 } trimmed ? trimmed : null;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
