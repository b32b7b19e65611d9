using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.BuildingBlocks.Privacy;

/// <summary>Registers what a module holds about people.</summary>
public static class PersonalDataServices
{
    /// <summary>Adds a file to the module's part of an export. The files come in the order in which they are added.</summary>
    public static IServiceCollection AddPersonalData<TDatabase>(this IServiceCollection services, IPersonalData<TDatabase> data)
        where TDatabase : ModuleDatabase => services.AddSingleton(data);

    /// <summary>Answers the event that asks for the module's part.</summary>
    public static IServiceCollection AnswerPersonalDataRequests<TDatabase, TRequest, TPart>(this IServiceCollection services)
        where TDatabase : ModuleDatabase
        where TRequest : IPersonalDataRequest<TPart>
        where TPart : IEvent => services.AddEventHandler<TDatabase, TRequest, PersonalDataHandler<TDatabase, TRequest, TPart>>();
}
