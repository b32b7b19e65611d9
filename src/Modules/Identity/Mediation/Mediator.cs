namespace Kumiko.Identity.Mediation;

// A source generator writes the rest. The generator of the code that binds requests needs to know that the class exists.
internal sealed partial class Mediator;
