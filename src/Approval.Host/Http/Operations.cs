using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Approval.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Approval.Http;

/// <summary>What an operation does and for which reasons it refuses.</summary>
/// <param name="Chinese">One sentence in Chinese.</param>
/// <param name="English">One sentence in English.</param>
/// <param name="Refusals">The stage's reasons; those of <see cref="Faults"/> are understood.</param>
public sealed record Does(string Chinese, string English, IReadOnlyList<RefusalKind> Refusals);

/// <summary>The rows of the permission table that a route stands on: whoever may do any of them comes in, nobody else.</summary>
/// <param name="Names">The deeds.</param>
public sealed record Deeds(IReadOnlyList<string> Names);

/// <summary>Query parameters that an operation takes; any other is refused.</summary>
/// <param name="Type">What they hold.</param>
/// <param name="Names">Their names.</param>
public sealed record Takes(Type Type, IReadOnlyList<string> Names);

/// <summary>Marks an endpoint that changes things by <see cref="Commands"/> and by nothing else.</summary>
public sealed class IsCommand;

/// <summary>How routes say what they do; the OpenAPI document is made of it.</summary>
public static class Operations
{
    const string ProblemType = "application/problem+json";

    static readonly RefusalKind[] OfBodies =
    [
        Faults.MalformedJson, Faults.UnknownField, Faults.DuplicateField, Faults.RequiredField, Faults.WrongType, Faults.OutOfRange, Faults.InvalidAmount, Faults.ControlCharacter,
        Faults.TooDeep, Faults.TooLarge, Faults.UnsupportedMediaType,
    ];

    static readonly RefusalKind[] OfCommands = [Faults.InvalidHeader, Faults.VersionMoved, Faults.KeyReused, Faults.Contended];

    static readonly RefusalKind[] OfPeople = [Faults.Unauthenticated, Permissions.NotPermitted, SignedIn.PersonUnknown, Faults.TooManyRequests, Faults.ProviderAway];

    /// <summary>Says what the operation does.</summary>
    /// <param name="route">The route.</param>
    /// <param name="chinese">One sentence in Chinese.</param>
    /// <param name="english">One sentence in English.</param>
    /// <param name="refusals">The stage's reasons for refusing it.</param>
    public static RouteHandlerBuilder Does(this RouteHandlerBuilder route, string chinese, string english, params IEnumerable<RefusalKind> refusals)
    {
        route.WithMetadata(new Does(chinese, english, [.. refusals]));
        route.Finally(endpoint =>
        {
            var ofOneThing = endpoint is RouteEndpointBuilder { RoutePattern.Parameters.Count: > 0 };
            foreach (var status in Reasons(endpoint.Metadata, ofOneThing).Select(Faults.StatusOf).Distinct().ToList())
                endpoint.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(Problem), [ProblemType]));
        });
        return route;
    }

    /// <summary>Ties the operation to the permission table: it is reached only in a role that one of the deeds names. What more the deed asks, such as the own unit, is checked where it is decided.</summary>
    /// <exception cref="KeyNotFoundException">A deed is not in the table.</exception>
    public static RouteHandlerBuilder As(this RouteHandlerBuilder route, params string[] deeds)
    {
        foreach (var deed in deeds) _ = Permissions.Of(deed);
        return route.WithMetadata(new Deeds(deeds));
    }

    /// <summary>The operation is a command that answers <typeparamref name="T"/>, the thing as it leaves it, and takes <c>If-Match</c> and <c>Idempotency-Key</c>.</summary>
    public static RouteHandlerBuilder IsCommand<T>(this RouteHandlerBuilder route, int status = StatusCodes.Status200OK) => route.WithMetadata(new IsCommand()).Produces<T>(status);

    /// <summary>The operation takes query parameters of a type: text, a number, a date, an instant, an enum's codes.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route, params string[] names) => route.WithMetadata(new Takes(typeof(T), names));

    /// <summary>The body is a file of one of these media types.</summary>
    public static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder route, params IEnumerable<string> types) => route.WithMetadata(new File([.. types]));

    /// <summary>The list comes in parts: <c>?limit=&amp;cursor=</c>.</summary>
    public static RouteHandlerBuilder TakesPage(this RouteHandlerBuilder route) => route.Takes<int>("limit").Takes<string>("cursor");

    /// <summary>The past can be asked for: <c>?asOf=&amp;asOfBy=</c>.</summary>
    public static RouteHandlerBuilder TakesAsOf(this RouteHandlerBuilder route) => route.Takes<DateTimeOffset>("asOf").Takes<AsOfBy>("asOfBy");

    /// <summary>The decision rests on the version that the caller saw: without <c>If-Match</c> it is refused with 428.</summary>
    public static RouteHandlerBuilder RequiresIfMatch(this RouteHandlerBuilder route) =>
        route.WithMetadata(new IfMatchRequired());

    /// <summary>Makes the OpenAPI document say it.</summary>
    internal static void AddDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "Approval", Version = "1", Description = "政府信息化项目审批 · approval of government IT projects" };
            document.Servers = [new() { Url = "/" }];
            document.AddComponent("token", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" });
            document.Security = [new() { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Schemas.Shape(schema, context.JsonTypeInfo);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context.Description);
            return Task.CompletedTask;
        });
    });

    static void Describe(OpenApiOperation operation, ApiDescription description)
    {
        var metadata = description.ActionDescriptor.EndpointMetadata;
        operation.OperationId = string.Concat($"{description.HttpMethod}/{description.RelativePath}".Split('/', '-', '{', '}', ':').Where(p => p.Length > 0).Select((p, i) =>
            i == 0 ? p.ToLowerInvariant() : char.ToUpperInvariant(p[0]) + p[1..]));
        if (metadata.OfType<IAllowAnonymous>().Any()) operation.Security = [];
        operation.Parameters ??= [];
        if (metadata.OfType<IsCommand>().Any())
        {
            Header("If-Match", metadata.OfType<IfMatchRequired>().Any(), "\"<version>\": 所依据的版本 / the version that the decision rests on");
            Header("Idempotency-Key", required: false, "同一操作的名称,重复发送只执行一次 / names the act, so that sending it again changes nothing (at most 200 characters)");
        }

        foreach (var (type, name) in metadata.OfType<Takes>().SelectMany(t => t.Names.Select(n => (t.Type, n))))
            operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = Words.GetValueOrDefault(name), Schema = Schemas.Of(type) });

        if (metadata.OfType<File>().LastOrDefault() is { } file)
        {
            var bytes = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = file.Types.ToDictionary(t => t, _ => bytes) };
        }

        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        if (metadata.OfType<Deeds>().LastOrDefault() is { } deeds) operation.Extensions["x-deeds"] = Names(deeds.Names);
        if (metadata.OfType<Does>().LastOrDefault() is not { } does) return;
        operation.Summary = $"{does.Chinese} / {does.English}";
        foreach (var reasons in Reasons(metadata, description.RelativePath!.Contains('{', StringComparison.Ordinal)).Distinct().ToLookup(r => Faults.StatusOf(r).ToString(CultureInfo.InvariantCulture)))
        {
            if (operation.Responses?.GetValueOrDefault(reasons.Key) is { } response) response.Description = string.Join(", ", reasons.Select(r => r.Code));
        }

        if (does.Refusals.Count == 0) return;
        operation.Description = string.Join('\n', does.Refusals.Select(r => $"- `{r.Code}` ({Faults.StatusOf(r)}): {r.Chinese} / {r.English}"));
        operation.Extensions["x-refusals"] = Names(does.Refusals.Select(r => r.Code));

        static JsonNodeExtension Names(IEnumerable<string> names) => new(new JsonArray([.. names.Select(n => (JsonNode)n)]));

        void Header(string name, bool required, string description) => operation.Parameters.Add(new OpenApiParameter
        {
            Name = name, In = ParameterLocation.Header, Required = required, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }

    /// <summary>Every reason for which an operation is refused: its stage's own, and those of the way of asking.</summary>
    static IEnumerable<RefusalKind> Reasons(IList<object> metadata, bool ofOneThing) =>
    [
        .. metadata.OfType<Does>().Last().Refusals,
        .. metadata.OfType<IAllowAnonymous>().Any() ? [] : OfPeople,
        .. metadata.OfType<IAcceptsMetadata>().Any() ? OfBodies : [],
        .. metadata.OfType<IsCommand>().Any() ? OfCommands : [],
        .. metadata.OfType<IfMatchRequired>().Any() ? [Faults.IfMatchRequired] : Array.Empty<RefusalKind>(),
        .. metadata.OfType<Takes>().Any() ? [Faults.InvalidParameter] : Array.Empty<RefusalKind>(),
        .. ofOneThing ? [Faults.Unknown] : Array.Empty<RefusalKind>(),
        Faults.UnknownParameter, Faults.DatabaseAway,
    ];

    static readonly Dictionary<string, string> Words = new()
    {
        ["limit"] = "最多返回多少条，1–200，默认 50 / at most this many, 50 unless given",
        ["cursor"] = "上一页的 next / the `next` of the page before",
        ["asOf"] = "截至该时刻的情形 / as of this instant",
        ["asOfBy"] = "按登记时间（默认）或按生效时间 / by when the engine learnt it, unless given, or by when it holds",
        ["q"] = "检索词 / words to look for",
    };

    sealed record File(IReadOnlyList<string> Types);
}

/// <summary>How the product's own types stand in the OpenAPI document.</summary>
static class Schemas
{
    /// <summary>The schema of a query parameter.</summary>
    public static OpenApiSchema Of(Type type) =>
        type.IsEnum ? new() { Type = JsonSchemaType.String, Enum = [.. Enum.GetNames(type).Select(n => (JsonNode)JsonNamingPolicy.KebabCaseLower.ConvertName(n))] }
        : type == typeof(int) ? new() { Type = JsonSchemaType.Integer }
        : type == typeof(bool) ? new() { Type = JsonSchemaType.Boolean }
        : type == typeof(DateOnly) ? new() { Type = JsonSchemaType.String, Format = "date" }
        : type == typeof(DateTimeOffset) ? new() { Type = JsonSchemaType.String, Format = "date-time" }
        : new() { Type = JsonSchemaType.String };

    /// <summary>Gives a schema the form in which the type is written.</summary>
    public static void Shape(OpenApiSchema schema, JsonTypeInfo json)
    {
        var type = Nullable.GetUnderlyingType(json.Type) ?? json.Type;
        if (type == typeof(Money))
        {
            schema.Type = JsonSchemaType.Number;
            schema.Description = "元 / yuan, at most two digits after the point";
        }
        else if (IsId(type))
        {
            schema.Type = JsonSchemaType.String;
        }
        else if (json.ElementType is { } element && IsId(element))
        {
            schema.Items ??= new OpenApiSchema { Type = JsonSchemaType.String };
        }
    }

    static bool IsId(Type type) => type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));
}
