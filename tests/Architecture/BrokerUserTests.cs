using System.Reflection;
using System.Text.RegularExpressions;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Modules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kumiko.Architecture.Tests;

/// <summary>What docker/nats/nats.conf allows each module matches what its code does.</summary>
public sealed partial class BrokerUserTests
{
    // Identity lists its accounts in pages and asks itself for the next one.
    private static readonly Dictionary<string, string[]> SentToItself = new(StringComparer.Ordinal)
    {
        ["identity"] = ["identity.users_requested"],
    };

    public static TheoryData<string> Modules => [.. Solution.Modules.Select(module => module.Name)];

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_module_may_send_its_own_events_and_read_its_own_consumer(string name)
    {
        var module = Solution.ModuleTypes.Single(type => type.Namespace!.EndsWith("." + name, StringComparison.OrdinalIgnoreCase)).Assembly;
        var consumed = Consumed(module);
        var consumer = ConsumerOf(name, consumed);
        string[] expected =
        [
            .. Sent(module).Concat(SentToItself.GetValueOrDefault(name, [])).Select(sent => "kumiko." + sent),
            "$JS.API.STREAM.INFO.kumiko",
            "$JS.API.STREAM.CREATE.kumiko",
            "$JS.API.CONSUMER.LIST.kumiko",
            "$JS.API.CONSUMER.CREATE.kumiko." + consumer,
            "$JS.API.CONSUMER.INFO.kumiko." + consumer,
            "$JS.API.CONSUMER.MSG.NEXT.kumiko." + consumer,
            $"$JS.ACK.kumiko.{consumer}.>",
        ];

        var user = User()
            .Matches(File.ReadAllText(Path.Combine(Solution.Root, "docker/nats/nats.conf")))
            .Single(user => user.Groups["name"].Value == name);

        Assert.Equal(expected.Order(StringComparer.Ordinal), Quoted(user.Groups["publish"].Value).Order(StringComparer.Ordinal));
        Assert.Equal([$"_INBOX.{name}.>"], Quoted(user.Groups["subscribe"].Value));
    }

    // The events of the module's own Contracts. An event that the module itself handles is a request, which the other modules send.
    private static IEnumerable<string> Sent(Assembly module) =>
        Solution
            .ModuleTypes.SelectMany(other =>
                Contracts(other.Assembly).Where(sent => (other.Assembly == module) != Consumed(other.Assembly).Contains(sent))
            )
            .Except(Consumed(module));

    private static IReadOnlyList<string> Contracts(Assembly module) =>
        [
            .. Solution
                .Assemblies.Where(assembly => assembly.GetName().Name == module.GetName().Name + ".Contracts")
                .SelectMany(contracts => contracts.GetTypes())
                .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IEvent)))
                .Select(NameOf),
        ];

    // The subscriptions that the module registers; handlers may come from BuildingBlocks. The factory of a subscription is
    // EventSubscription.Of<TDatabase, TEvent, THandler>.
    private static IReadOnlyList<string> Consumed(Assembly module)
    {
        var services = new ServiceCollection();
        var configuration = new ConfigurationBuilder().Build();
        Solution
            .Modules.Single(candidate => candidate.GetType().Assembly == module)
            .AddServices(services, new ModuleSettings(configuration, new DatabaseSettings(configuration)));
        return
        [
            .. services
                .Where(service => service.ServiceType.Name == "EventSubscription")
                .Select(service => NameOf(service.ImplementationFactory!.Method.GetGenericArguments()[1]))
                .Distinct(),
        ];
    }

    private static string NameOf(Type type) =>
        (string)type.GetProperty(nameof(IEvent.Name), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    private static string ConsumerOf(string module, IEnumerable<string> events) =>
        (string)
            Solution
                .Assembly("Kumiko.Infrastructure")
                .GetType("Kumiko.Infrastructure.Nats.NatsConsumers")!
                .GetMethod("NameOf", BindingFlags.NonPublic | BindingFlags.Static)!
                .Invoke(null, [module, events])!;

    private static IEnumerable<string> Quoted(string text) => Quotes().Matches(text).Select(quote => quote.Groups[1].Value);

    [GeneratedRegex(
        "user: (?<name>\\w+)\\s.*?publish: \\[(?<publish>.*?)\\].*?subscribe: \\[(?<subscribe>.*?)\\]",
        RegexOptions.Singleline
    )]
    private static partial Regex User();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Quotes();
}
