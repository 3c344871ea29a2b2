using System.Collections.Immutable;
using Approval.Access;
using Approval.EventStore;
using Approval.Http;

namespace Approval.Directory;

/// <summary>Roles, as a command names them.</summary>
public sealed record RolesRequest(ImmutableSortedSet<Role> Roles);

/// <summary>Appoints a person.</summary>
public sealed record AppointRequest(PersonId Person, UnitId Unit, ImmutableSortedSet<Role> Roles);

/// <summary>Declared ties.</summary>
public sealed record TiesRequest(ImmutableSortedSet<string> Units, ImmutableSortedSet<string> People);

/// <summary>A person as the directory knows them, without anything personal but the id.</summary>
/// <param name="Id">The identity provider's subject.</param>
/// <param name="Unit">The unit's code.</param>
/// <param name="Roles">The roles, in their order.</param>
/// <param name="Ties">The declared ties.</param>
/// <param name="Removed">Whether the person was removed.</param>
public sealed record PersonAnswer(PersonId Id, UnitId Unit, IReadOnlyList<Role> Roles, Ties Ties, bool Removed)
{
    internal static PersonAnswer Of(Person p) => new(p.Id, p.Unit, [.. p.Roles.Order()], p.Ties, p.Removed);
}

/// <summary>Who is asking.</summary>
/// <param name="Person">The person's id.</param>
/// <param name="Name">The display name.</param>
/// <param name="Jurisdiction">The jurisdiction's code.</param>
/// <param name="JurisdictionName">The jurisdiction's name.</param>
/// <param name="Unit">The unit's code.</param>
/// <param name="UnitName">The unit's name.</param>
/// <param name="Roles">The roles.</param>
public sealed record Me(PersonId Person, string? Name, JurisdictionId Jurisdiction, string JurisdictionName, UnitId Unit, string UnitName, IReadOnlyList<Role> Roles);

/// <summary>The routes of the directory: <c>/api/units</c> and <c>/api/people</c>.</summary>
public static class DirectoryEndpoints
{
    /// <summary>The e-mail address or telephone number is none.</summary>
    public static readonly RefusalKind InvalidContact = new("contact-invalid", RefusalSort.Form, "联系方式格式不正确。", "This is no way to reach somebody.");

    /// <summary>Adds the routes.</summary>
    public static void MapDirectory(this WebApplication app)
    {
        app.AddView(People.UnitsView);
        app.AddView(People.PeopleView);
        MapUnits(app.MapGroup("/api/units").WithTags("directory"));
        MapPeople(app.MapGroup("/api/people").WithTags("directory"));
    }

    static void MapUnits(RouteGroupBuilder units)
    {
        units.MapGet("", async (HttpContext http, People people) =>
            {
                var (actor, q) = (await Reader(http, "ReadUnits"), http.Text("q"));
                return TypedResults.Ok(await people.Units(actor.Jurisdiction, http.AsOf()).Where($"position({q ?? ""} in name) > 0", q is not null)
                    .OrderBy("id").Page(http.Paging(), http.RequestAborted));
            })
            .TakesAsOf().TakesPage().Takes<string>("q").As("ReadUnits").Does("单位列表", "Lists the units");

        units.MapGet("/{id}", async (string id, HttpContext http, Queries queries) =>
            {
                var actor = await Reader(http, "ReadUnits");
                var seen = await queries.Load(actor.Jurisdiction, Unit.Kind, new UnitId(id).Stream, http.AsOf(), http.RequestAborted);
                http.Response.Headers.ETag = ETags.Of(seen.Info.Version);
                return TypedResults.Ok(seen.State);
            })
            .TakesAsOf().As("ReadUnits").Does("读取单位", "Reads a unit", Faults.Unknown);

        units.MapPost("", (Body<RegisterUnit> body, HttpContext http, Commands commands) =>
                commands.Run(http, body.Value.Unit.Stream, async s => RegisterUnit.Decide(body.Value, await s.Find(Unit.Kind, body.Value.Unit.Stream), s.Occasion),
                    s => s.After(Unit.Kind, body.Value.Unit.Stream)!, $"/api/units/{body.Value.Unit.Value}"))
            .IsCommand<Unit>(StatusCodes.Status201Created)
            .As("RegisterUnit").Does("登记单位", "Registers a unit", Permissions.NotPermitted, RegisterUnit.Taken, DirectoryRules.InvalidCode, Texts.Required, Texts.TooLong);

        units.MapPost("/{id}/name", (string id, Body<RenameUnit> body, HttpContext http, Commands commands) =>
                OnUnit(id, http, commands, (unit, s) => Task.FromResult(RenameUnit.Decide(body.Value, unit, s.Occasion))))
            .IsCommand<Unit>().As("RenameUnit").Does("更改单位名称", "Renames a unit", Permissions.NotPermitted, DirectoryRules.UnitRetired, Texts.Required, Texts.TooLong);

        units.MapPost("/{id}/retirement", (string id, Body<RetireUnit> body, HttpContext http, Commands commands, People people) =>
                OnUnit(id, http, commands, async (unit, s) =>
                {
                    var there = await people.Rows(s.By.Jurisdiction).Where($"unit = {id}").Where($"not removed").All(s.Cancel);
                    return RetireUnit.Decide(body.Value, unit, there.Count, s.Occasion);
                }))
            .IsCommand<Unit>().As("RetireUnit").Does("撤销单位", "Retires a unit", Permissions.NotPermitted, RetireUnit.HasPeople, Texts.Required, Texts.TooLong);
    }

    static void MapPeople(RouteGroupBuilder people)
    {
        people.MapGet("", async (HttpContext http, People directory) =>
            {
                var actor = await Reader(http, "ReadPeople");
                var (unit, role) = (http.Text("unit"), http.Code<Role>("role"));
                var page = await directory.Rows(actor.Jurisdiction, http.AsOf())
                    .Where($"unit = {unit ?? ""}", unit is not null).Where($"{role ?? default} = any(roles)", role is not null)
                    .OrderBy("id").Page(http.Paging(), http.RequestAborted);
                return TypedResults.Ok(new Page<ListedPerson>(await directory.Named(actor.Jurisdiction, page.Items, http.RequestAborted), page.Next));
            })
            .TakesAsOf().TakesPage().Takes<string>("unit").Takes<Role>("role").As("ReadPeople").Does("人员列表", "Lists the people");

        people.MapGet("/me", async (HttpContext http, People directory, Jurisdictions jurisdictions, Queries queries) =>
            {
                var me = await http.Actor();
                var contact = await directory.ContactOf(me.Jurisdiction, me.Person, http.RequestAborted);
                var unit = await queries.Find(me.Jurisdiction, Unit.Kind, me.Unit.Stream, cancel: http.RequestAborted);
                return TypedResults.Ok(new Me(
                    me.Person, contact?.Name, me.Jurisdiction, await jurisdictions.NameOf(me.Jurisdiction, http.RequestAborted),
                    me.Unit, unit?.State.Name ?? me.Unit.Value, [.. me.Roles.Order()]));
            })
            .As("ReadMyself").Does("当前登录人员", "Who is asking");

        people.MapGet("/{id}", async (string id, HttpContext http, Queries queries) =>
            {
                var actor = await Reader(http, "ReadPeople");
                var seen = await queries.Load(actor.Jurisdiction, Person.Kind, new PersonId(id).Stream, http.AsOf(), http.RequestAborted);
                http.Response.Headers.ETag = ETags.Of(seen.Info.Version);
                return TypedResults.Ok(PersonAnswer.Of(seen.State));
            })
            .TakesAsOf().As("ReadPeople").Does("读取人员", "Reads a person", Faults.Unknown);

        people.MapPost("", (Body<AppointRequest> body, HttpContext http, Commands commands) =>
            {
                var command = new AppointPerson(body.Value.Person, body.Value.Unit, body.Value.Roles);
                return commands.Run(http, command.Person.Stream,
                    async s => AppointPerson.Decide(command, await s.Find(Person.Kind, command.Person.Stream), await s.Find(Unit.Kind, command.Unit.Stream), s.Occasion),
                    s => PersonAnswer.Of(s.After(Person.Kind, command.Person.Stream)!), $"/api/people/{Uri.EscapeDataString(command.Person.Value)}");
            })
            .IsCommand<PersonAnswer>(StatusCodes.Status201Created)
            .As("AppointPerson").Does("任命人员", "Appoints a person", Permissions.NotPermitted, AppointPerson.AlreadyThere, DirectoryRules.InvalidSubject, DirectoryRules.UnitUnknown, DirectoryRules.UnitRetired,
                DirectoryRules.RolesMissing, DirectoryRules.AdministratorDecides, DirectoryRules.AuditorExclusive);

        people.MapPost("/{id}/roles", (string id, Body<RolesRequest> body, HttpContext http, Commands commands) =>
                OnPerson(id, http, commands, (person, s) => Task.FromResult(ChangeRoles.Decide(new(body.Value.Roles), person, s.Occasion))))
            .IsCommand<PersonAnswer>()
            .As("ChangeRoles").Does("变更角色", "Changes a person's roles", Permissions.NotPermitted, DirectoryRules.OwnRoles, DirectoryRules.PersonRemoved, DirectoryRules.RolesMissing,
                DirectoryRules.AdministratorDecides, DirectoryRules.AuditorExclusive);

        people.MapPost("/{id}/unit", (string id, Body<MovePerson> body, HttpContext http, Commands commands) =>
                OnPerson(id, http, commands, async (person, s) => MovePerson.Decide(body.Value, person, await s.Find(Unit.Kind, body.Value.Unit.Stream), s.Occasion)))
            .IsCommand<PersonAnswer>()
            .As("MovePerson").Does("调动单位", "Moves a person to another unit", Permissions.NotPermitted, DirectoryRules.OwnRoles, DirectoryRules.PersonRemoved, DirectoryRules.UnitUnknown, DirectoryRules.UnitRetired);

        people.MapPost("/{id}/ties", (string id, Body<TiesRequest> body, HttpContext http, Commands commands) =>
                OnPerson(id, http, commands, (person, s) => Task.FromResult(DeclareTies.Decide(new(body.Value.Units, body.Value.People), person, s.Occasion))))
            .IsCommand<PersonAnswer>()
            .As("DeclareTies").Does("申报利益关系", "Declares a person's ties", Permissions.NotPermitted, DeclareTies.TakenBack, DeclareTies.Invalid, DeclareTies.TooMany, DirectoryRules.PersonRemoved);

        people.MapPost("/{id}/removal", (string id, Body<RemovePerson> body, HttpContext http, Commands commands) =>
                OnPerson(id, http, commands, (person, s) => Task.FromResult(RemovePerson.Decide(body.Value, person, s.Occasion))))
            .IsCommand<PersonAnswer>().As("RemovePerson").Does("移出名录", "Removes a person", Permissions.NotPermitted, DirectoryRules.OwnRoles, Texts.Required, Texts.TooLong);

        people.MapGet("/{id}/contact", async (string id, HttpContext http, People directory, Queries queries) =>
            {
                var actor = await http.Actor();
                if (actor.Person.Value != id) Require(actor, "ReadContacts");
                await queries.Load(actor.Jurisdiction, Person.Kind, new PersonId(id).Stream, cancel: http.RequestAborted);
                return TypedResults.Ok(await directory.ContactOf(actor.Jurisdiction, new(id), http.RequestAborted) ?? throw new ProblemException(Faults.Unknown.With()));
            })
            .As("ReadContacts", "ReadOwnContact")
            .IsRecorded(ReadingKind.Contact, (actor, http) => actor.Person.Value == http.Request.RouteValues["id"] as string)
            .Does("读取联系方式", "Reads how to reach a person", Permissions.NotPermitted, Faults.Unknown);

        people.MapPut("/{id}/contact", async (string id, Body<Contact> body, HttpContext http, People directory, Queries queries) =>
            {
                var actor = await Reader(http, "KeepContact");
                Check(body.Value);
                await queries.Load(actor.Jurisdiction, Person.Kind, new PersonId(id).Stream, cancel: http.RequestAborted);
                await directory.Keep(actor.Jurisdiction, new(id), body.Value, http.RequestAborted);
                return TypedResults.Ok(body.Value);
            })
            .As("KeepContact").Does("登记联系方式", "Keeps how to reach a person", Permissions.NotPermitted, Faults.Unknown, InvalidContact, Texts.Required, Texts.TooLong);

        people.MapDelete("/{id}/contact", async (string id, HttpContext http, People directory, Queries queries) =>
            {
                var actor = await Reader(http, "EraseContact");
                var person = await queries.Load(actor.Jurisdiction, Person.Kind, new PersonId(id).Stream, cancel: http.RequestAborted);
                await directory.Erase(actor.Jurisdiction, new(id), http.RequestAborted);
                return TypedResults.Ok(PersonAnswer.Of(person.State));
            })
            .As("EraseContact").Does("删除联系方式", "Erases how to reach a person; what the person did stays on the record", Permissions.NotPermitted, Faults.Unknown);
    }

    static Task<IResult> OnUnit(string id, HttpContext http, Commands commands, Func<Unit, Session, Task<Decision>> decide)
    {
        var stream = new UnitId(id).Stream;
        return commands.Run(http, stream, async s => await decide(await s.Load(Unit.Kind, stream), s), s => s.After(Unit.Kind, stream)!);
    }

    static Task<IResult> OnPerson(string id, HttpContext http, Commands commands, Func<Person, Session, Task<Decision>> decide)
    {
        var stream = new PersonId(id).Stream;
        return commands.Run(http, stream, async s => await decide(await s.Load(Person.Kind, stream), s), s => PersonAnswer.Of(s.After(Person.Kind, stream)!));
    }

    static async Task<Actor> Reader(HttpContext http, string deed)
    {
        var actor = await http.Actor();
        Require(actor, deed);
        return actor;
    }

    static void Require(Actor actor, string deed)
    {
        if (Permissions.Check(deed, actor) is { } no) throw new ProblemException(no);
    }

    static void Check(Contact contact)
    {
        const int longestPhone = 40;
        Refusal[] wrong =
        [
            .. Texts.CheckName("name", contact.Name),
            .. Texts.Check("phone", contact.Phone, longestPhone, required: false),
            .. Texts.Check("email", contact.Email, Texts.Name, required: false),
            .. contact.Phone?.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or ' ' or '(' or ')') == false ? [InvalidContact.At("phone")] : Array.Empty<Refusal>(),
            .. contact.Email is { } email && (email.Any(char.IsWhiteSpace) || email.Count(c => c == '@') != 1 || email[0] == '@' || email[^1] == '@') ? [InvalidContact.At("email")] : Array.Empty<Refusal>(),
        ];
        if (wrong.Length > 0) throw new ProblemException(wrong);
    }
}
